package io.github.upgradehandler;

/**
 * A guard that acts on what its connections send too. An event stream, whose client sends nothing,
 * cannot have one: see {@link EventStreamConfig#guards}.
 */
@FunctionalInterface
public interface MessageGuard extends Guard {

  @Override
  MessageAdmission admit(Handshake handshake);
}
