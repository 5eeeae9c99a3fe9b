package io.github.upgradehandler.testing;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import java.util.function.LongConsumer;

/** Lets everyone in, and does what a test wants when deadlines are checked. */
public record TimedGuard(LongConsumer check) implements Guard {

  @Override
  public Admission admit(Handshake handshake) {
    return Admission.UNCONDITIONAL;
  }

  @Override
  public void checkDeadlines(long now) {
    check.accept(now);
  }
}
