package io.github.upgradehandler.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NicknameTest {

  @ParameterizedTest
  @CsvSource({"ann,ann", "Zoë van 't Veer,Zoë van 't Veer", "世界,世界", "j.r_r-t,j.r_r-t"})
  void namesAreKept(String wish, String name) {
    assertThat(Nickname.of(wish)).hasToString(name);
  }

  @Test
  void nobodyCanSpeakForAnother() {
    assertThat(Nickname.of("ann\nsaid bob: hi")).hasToString("ann said bob hi");
    assertThat(Nickname.of("ann, bob")).hasToString("ann bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\r\n", "<>", "\u202e"})
  void whoGivesNoNameIsAGuest(String wish) {
    assertThat(Nickname.of(wish).value()).matches("guest-\\d{4}");
  }

  @Test
  void longNamesAreCutBetweenCodePoints() {
    assertThat(Nickname.of("𝒳".repeat(30))).hasToString("𝒳".repeat(Nickname.MAX_LENGTH));
  }

  @Test
  void listsAreSorted() {
    assertThat(Nickname.join(List.of(Nickname.of("carl"), Nickname.of("bob"))))
        .isEqualTo("bob, carl");
  }
}
