package io.github.upgradehandler;

/**
 * What a method of a {@link WebSocketHandler} throws to close its connection with a status of the
 * application's choice, and not with 1011 as for any other exception: nothing more of the peer is
 * handled, and {@link WebSocketHandler#onError} gets this.
 */
public class CloseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CloseStatus status;

  /**
   * With a reason that the peer is told.
   *
   * @param reason cut where it is too long, see {@link CloseStatus#truncated}
   * @throws IllegalArgumentException if the code must not be sent
   */
  public CloseException(int code, String reason) {
    this(CloseStatus.truncated(code, reason));
  }

  /**
   * With a status that the peer is told.
   *
   * @throws IllegalArgumentException if the code must not be sent
   */
  public CloseException(CloseStatus status) {
    super("close with " + status.code() + ": " + status.reason());
    this.status = status.requireSendable();
  }

  /** What the peer is told. */
  public final CloseStatus status() {
    return status;
  }
}
