package io.github.upgradehandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit is built on internal packages of the library, and shows none of them. */
class PublicApiTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        ClientBytes.class,
        Frame.class,
        Frame.Kind.class,
        FrameDecoder.class,
        MemoryTransport.class,
        TestPeer.class,
        TestPeer.Builder.class,
        VirtualClock.class
      })
  void no_internal_type_is_shown(Class<?> shown) {
    Stream<Executable> all =
        Stream.of(shown.getDeclaredConstructors(), shown.getDeclaredMethods())
            .flatMap(Arrays::stream);
    List<String> internal =
        all.filter(member -> Modifier.isPublic(member.getModifiers()))
            .filter(member -> member.toGenericString().contains(".internal."))
            .map(Executable::toGenericString)
            .toList();
    assertThat(internal).isEmpty();
  }
}
