package io.github.upgradehandler.jetty;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Lets a servlet on Jetty 12.1 read from a WebSocket handshake that it upgraded.
 *
 * <p>Jetty 12.1.0 to 12.1.14 (and perhaps later ones) parses a request without a body to its end
 * before handling it, and goes on to report that end when {@code HttpServletRequest.upgrade} has
 * turned the request into a tunnel: the read listener of an upgraded GET gets {@code onAllDataRead}
 * and nothing else. With this handler in front such an input gives the bytes of the connection
 * instead. On a Jetty without that fault it changes nothing. Jetty 12.0 has no {@code upgrade} at
 * all.
 *
 * <p>Only handshakes of WebSocket over HTTP/1.1 are touched, and of these only the ones answered
 * with 101 by a servlet: Jetty's own WebSocket upgrades pass. Being installed more than once, say
 * on the server and in a WAR, does no harm.
 *
 * <p>Embedded: {@code server.setHandler(new UpgradeInputHandler(contexts))}. In a WAR: see {@code
 * WEB-INF/jetty-ee10-web.xml} of the sample. The first spares each connection an output buffer of
 * 32 KiB, which from within a WAR cannot be helped; {@code
 * jetty.httpConfig.outputAggregationSize=0} does it for a whole stand-alone Jetty.
 *
 * <p>An end of the stream and a reset by the peer come as {@code onAllDataRead}, the connector's
 * idle timeout and a failing of the connection as {@code onError}, each once. A filter that reads
 * the handshake's empty body has seen its end for good; nothing comes after it.
 *
 * <p>Thread-safe.
 */
public final class UpgradeInputHandler extends Handler.Wrapper {

  // A name, not a class: the same handler may be loaded by the server and by a web application.
  private static final String INSTALLED = "io.github.upgradehandler.jetty.installed";

  private static final String KEEPER = "io.github.upgradehandler.jetty.keeper";

  // As many as the server has connectors.
  private final ConcurrentMap<HttpConfiguration, HttpConfiguration> configurations =
      new ConcurrentHashMap<>();

  private final LifeCycle.Listener stopping = new Stopping();

  /** For XML, and for {@link Handler.Singleton#insertHandler}. */
  public UpgradeInputHandler() {}

  /**
   * In front of {@code handler}.
   *
   * @param handler what handles every request, upgraded or not
   */
  public UpgradeInputHandler(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isHandshake(request) || request.getAttribute(INSTALLED) != null) {
      return super.handle(request, response, callback);
    }
    request.setAttribute(INSTALLED, true);
    request.addHttpStreamWrapper(stream -> new TunnelStream(stream, request, response));
    Request handshake = withoutOutputBuffer(request);
    HandshakeResponse answer = new HandshakeResponse(handshake, response);
    request.setAttribute(KEEPER, answer);
    return super.handle(handshake, answer, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    getServer().addEventListener(stopping);
  }

  @Override
  protected void doStop() throws Exception {
    getServer().removeEventListener(stopping);
    super.doStop();
  }

  /**
   * Jetty 12.1.12, stand-alone, stops its connectors first, which ends connections without a Close
   * frame. The web application around this handler is stopped before: its servlets can send one.
   */
  private final class Stopping implements LifeCycle.Listener {

    @Override
    public void lifeCycleStopping(LifeCycle server) {
      for (ContextHandler context : getServer().getDescendants(ContextHandler.class)) {
        if (context.getDescendants(UpgradeInputHandler.class).contains(UpgradeInputHandler.this)) {
          LifeCycle.stop(context);
        }
      }
    }
  }

  /** Inside a context it is too late for that: the servlet's output is there already. */
  private Request withoutOutputBuffer(Request request) {
    if (request.getContext().getContextPath() != null) {
      return request;
    }
    HttpConfiguration connectors = request.getConnectionMetaData().getHttpConfiguration();
    return new HandshakeRequest(
        request, configurations.computeIfAbsent(connectors, HandshakeRequest::configuration));
  }

  private static boolean isHandshake(Request request) {
    HttpFields headers = request.getHeaders();
    // HttpFields.contains(header, value) compares tokens of a list, case-insensitively.
    return HttpMethod.GET.is(request.getMethod())
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
        && headers.contains(HttpHeader.UPGRADE, "websocket")
        && headers.contains(HttpHeader.CONNECTION, "upgrade");
  }
}
