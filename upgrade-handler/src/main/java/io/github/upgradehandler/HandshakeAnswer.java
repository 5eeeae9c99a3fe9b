package io.github.upgradehandler;

/**
 * What an application answers to a handshake that it accepts: a {@link WebSocketHandler}, or an
 * {@link Acceptance}, which says more than that. To refuse, it throws {@link
 * HandshakeRefusedException}.
 */
public sealed interface HandshakeAnswer permits WebSocketHandler, Acceptance {}
