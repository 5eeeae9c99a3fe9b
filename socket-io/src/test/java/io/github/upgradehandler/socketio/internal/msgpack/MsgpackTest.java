package io.github.upgradehandler.socketio.internal.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as MessagePack, as notepack.io writes and reads it. */
class MsgpackTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode read(String hex) throws IOException {
    return Msgpack.read(HexFormat.of().parseHex(hex));
  }

  private static String written(JsonNode value) {
    return HexFormat.of().formatHex(Msgpack.write(value));
  }

  /** Both ways. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "null | c0",
        "true | c3",
        "0 | 00",
        "-1 | ff",
        "128 | cc80",
        "-129 | d1ff7f",
        "1099511627776 | cf0000010000000000",
        "-1099511627776 | d3ffffff0000000000",
        "1.5 | cb3ff8000000000000",
        "\"\" | a0",
        "\"\u00e4\" | a2c3a4",
        "[] | 90",
        "[1,[\"a\"]] | 920191a161",
        "{\"a\":{\"b\":false}} | 81a16181a162c2"
      })
  void values(String json, String hex) throws IOException {
    assertThat(written(MAPPER.readTree(json))).isEqualTo(hex);
    assertThat(read(hex)).hasToString(json);
  }

  @Test
  void bytes() throws IOException {
    assertThat(written(BinaryNode.valueOf(new byte[] {1, 2}))).isEqualTo("c4020102");
    assertThat(read("c4020102").binaryValue()).containsExactly(1, 2);
    assertThat(read("c400").binaryValue()).isEmpty();
  }

  /** What is written otherwise, or by notepack.io 2. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "ca3fc00000 | 1.5",
        "d905 68656c6c6f | \"hello\"",
        "dc000101 | [1]",
        "de0001a16101 | {\"a\":1}",
        "8101 02 | {\"1\":2}",
        "cfffffffffffffffff | 18446744073709551615",
        "d6ff00000000 | \"1970-01-01T00:00:00.000Z\"",
        "d7ff0000000000000001 | \"1970-01-01T00:00:01.000Z\"",
        "d40000 | null",
        "d7000000000000000001 | \"1970-01-01T00:00:00.001Z\"",
        "c70300010203 | \"AQID\""
      })
  void otherForms(String hex, String json) throws IOException {
    assertThat(read(hex.replace(" ", ""))).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource({
    "c1",
    "91",
    "dd7fffffff",
    "c67fffffff00",
    "db7fffffff61",
    "d401 00",
    "c6ffffffff",
    "''"
  })
  void whatIsNoMessage(String hex) {
    assertThatThrownBy(() -> read(hex.replace(" ", ""))).isInstanceOf(IOException.class);
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> read("91".repeat(100_000) + "01"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void onlyJsonIsWritten() {
    assertThatThrownBy(() -> Msgpack.write(new POJONode(new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        JsonNode value = Msgpack.read(bytes);
        Msgpack.write(value);
        read++;
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      JsonNode value = any(random, 0);
      assertThat(Msgpack.read(Msgpack.write(value))).hasToString(value.toString());
    }
  }

  private static JsonNode any(Random random, int depth) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (random.nextInt(depth > 4 ? 6 : 8)) {
      case 0 -> factory.nullNode();
      case 1 -> factory.booleanNode(random.nextBoolean());
      case 2 -> factory.numberNode(random.nextLong() >> random.nextInt(64));
      case 3 -> factory.numberNode(random.nextGaussian());
      case 4 -> factory.textNode("\u00e4".repeat(random.nextInt(300)));
      case 5 -> factory.binaryNode(new byte[random.nextInt(300)]);
      case 6 -> {
        var array = factory.arrayNode();
        for (int i = random.nextInt(20); i > 0; i--) {
          array.add(any(random, depth + 1));
        }
        yield array;
      }
      default -> {
        var object = factory.objectNode();
        for (int i = random.nextInt(20); i > 0; i--) {
          object.set("k" + i, any(random, depth + 1));
        }
        yield object;
      }
    };
  }
}
