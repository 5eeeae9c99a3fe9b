package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Echo;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 (RFC 9113), with prior knowledge: it has no upgrade, and a client is told so. */
@Timeout(60)
class Http2Test {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_STREAM_AND_HEADERS = 5;

  /** The status 400 in HPACK's static table (RFC 7541 appendix A), as an indexed field. */
  private static final byte STATUS_400 = (byte) 0x8c;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY") // has it in another artifact
  void a_get_is_refused_in_words(WebApp.On container) throws Exception {
    WebApp app = new WebApp().webSocket("/socket", handshake -> new Echo(), Map.of());
    try (RunningServer server = container.start(app);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
      frame(out, SETTINGS, 0, 0, new byte[0]);
      frame(out, HEADERS, END_STREAM_AND_HEADERS, 1, request());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      StringBuilder body = new StringBuilder();
      boolean ended = false;
      while (!ended) {
        int length = (in.readUnsignedShort() << 8) + in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        byte[] payload = in.readNBytes(length);
        assertThat(type).isNotEqualTo(RST_STREAM);
        if (type == HEADERS) {
          assertThat(payload).contains(STATUS_400);
        }
        if (type == DATA) {
          body.append(new String(payload, ISO_8859_1));
        }
        ended = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
      }
      assertThat(body).contains("HTTP/2.0 cannot be upgraded, HTTP/1.1 can");
    }
  }

  /** RFC 7541 section 6: two indexed fields, then a literal path and authority. */
  private static byte[] request() throws IOException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(new byte[] {(byte) 0x82, (byte) 0x86});
    literal(fields, 4, "/socket");
    literal(fields, 1, "server.test");
    return fields.toByteArray();
  }

  private static void literal(ByteArrayOutputStream fields, int name, String value)
      throws IOException {
    fields.write(name);
    fields.write(value.length());
    fields.write(value.getBytes(ISO_8859_1));
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }
}
