package io.github.upgradehandler.socketio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * The files of socket.io-client that pages load from a server, as npm has them in its package;
 * their licence is in this jar below {@code META-INF/licenses}.
 */
final class ClientFiles {

  /** Of the package that the files are from; also their ETag, as Socket.IO for Node.js has it. */
  private static final String ETAG = "\"4.8.4\"";

  private static final Set<String> NAMES =
      Set.of(
          "/socket.io.js",
          "/socket.io.js.map",
          "/socket.io.min.js",
          "/socket.io.min.js.map",
          "/socket.io.esm.min.js",
          "/socket.io.esm.min.js.map",
          "/socket.io.msgpack.min.js",
          "/socket.io.msgpack.min.js.map");

  private ClientFiles() {}

  /** Whether a request is for one of them. */
  static boolean areMeant(HttpServletRequest request) {
    String path = request.getPathInfo();
    String method = request.getMethod();
    return path != null && NAMES.contains(path) && (method.equals("GET") || method.equals("HEAD"));
  }

  /** Answers such a request. */
  static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "public, max-age=0");
    response.setHeader("ETag", ETAG);
    String known = request.getHeader("If-None-Match");
    if (known != null && (known.equals(ETAG) || known.equals("W/" + ETAG))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] file = read(request.getPathInfo());
    boolean map = request.getPathInfo().endsWith(".map");
    response.setContentType(
        (map ? "application/json" : "application/javascript") + ";charset=UTF-8");
    response.setContentLength(file.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(file);
    }
  }

  private static byte[] read(String path) throws IOException {
    try (InputStream file = ClientFiles.class.getResourceAsStream("client" + path)) {
      if (file == null) {
        throw new FileNotFoundException("client" + path);
      }
      return file.readAllBytes();
    }
  }
}
