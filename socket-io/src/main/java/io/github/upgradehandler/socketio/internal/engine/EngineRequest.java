package io.github.upgradehandler.socketio.internal.engine;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request that are the protocol's. Read from the query: to ask the container
 * for a parameter would have it read the body.
 *
 * @param transport as it was given; null if it was not
 * @param version null if it is none that is known
 * @param base64 whether a client of version 3 takes no bytes
 */
record EngineRequest(
    @Nullable String transport,
    @Nullable EngineProtocol version,
    @Nullable String sid,
    boolean base64) {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  static EngineRequest of(HttpServletRequest request) {
    Map<String, String> parameters = parameters(request.getQueryString());
    return new EngineRequest(
        parameters.get("transport"),
        EngineProtocol.of(parameters.get("EIO")),
        parameters.get("sid"),
        parameters.containsKey("b64"));
  }

  boolean isPolling() {
    return "polling".equals(transport);
  }

  boolean isWebSocket() {
    return "websocket".equals(transport);
  }

  /** The first value of each name; one with a bad escape is left out. */
  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        parameters.putIfAbsent(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        LOG.log(DEBUG, "a parameter with a bad escape counts as none", e);
      }
    }
    return parameters;
  }
}
