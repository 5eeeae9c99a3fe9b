package io.github.upgradehandler;

/**
 * A handler that is also shown the frames of its connection as they travel (RFC 6455 section 5.2):
 * for tools that show or record what happens on the wire. Every byte is read once more and copied
 * for it; connections with other handlers do not pay for that.
 */
public interface FrameObserver extends WebSocketHandler {

  /**
   * The last byte of a frame was read, or given to the container to be sent. Frames are shown in
   * order for each direction, those received before they are handled, and also the Close frames;
   * one that breaks the protocol is not shown. Guards hide none: frames with which a client signs
   * in are shown too, and those beyond a rate.
   *
   * <p>May be called for both directions at the same time, and by any thread that sends; must not
   * send to the connection itself, since that would be a frame as well.
   */
  void onFrame(WebSocket socket, ObservedFrame frame);
}
