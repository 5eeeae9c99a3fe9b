package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP response as it stood on the wire. */
public record HttpReply(String statusLine, Map<String, List<String>> headers, String body) {

  private static final int LONGEST_LINE = 64 << 10;

  static HttpReply read(InputStream in) throws IOException {
    HttpReply head = readHead(in);
    return head.status() == 101
        ? head
        : new HttpReply(head.statusLine, head.headers, head.readBody(in));
  }

  static HttpReply readHead(InputStream in) throws IOException {
    List<String> lines = head(in);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new HttpReply(lines.get(0), headers, "");
  }

  private String readBody(InputStream in) throws IOException {
    if (!header("Transfer-Encoding").contains("chunked")) {
      return new String(in.readNBytes(Integer.parseInt(header("Content-Length").get(0))), UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length;
    do {
      length = Integer.parseInt(line(in), 16);
      body.writeBytes(in.readNBytes(length));
      line(in);
    } while (length > 0);
    return body.toString(UTF_8);
  }

  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("end inside an HTTP response: " + line);
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  public int status() {
    return Integer.parseInt(statusLine.substring(9, 12));
  }

  /** All values of a header. */
  public List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
