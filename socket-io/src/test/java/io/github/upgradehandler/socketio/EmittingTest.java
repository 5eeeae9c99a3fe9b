package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values become what the application's mapper makes of them. */
class EmittingTest {

  private static final Object[] VALUES = {
    "a", "", 1, -1L, Long.MAX_VALUE, true, false, null, 1.5, 'c', List.of("b", 2), Map.of("k", "v")
  };

  @Test
  void valuesAreThoseOfTheMapper() {
    ObjectMapper mapper = new ObjectMapper();

    assertThat(new Emitting(mapper).values(VALUES).toString())
        .isEqualTo(mapper.valueToTree(VALUES).toString());
  }

  @Test
  void aMapperMayWriteEvenTextInItsOwnWay() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Long.class, ToStringSerializer.instance);
    module.addSerializer(
        String.class,
        new ToStringSerializerBase(String.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public String valueToString(Object value) {
            return "<" + value + ">";
          }
        });
    Emitting emitting = new Emitting(JsonMapper.builder().addModule(module).build());

    assertThat(emitting.values("a", 1, 2L, TextNode.valueOf("b")).toString())
        .isEqualTo("[\"<a>\",1,\"2\",\"b\"]");
  }
}
