package io.github.upgradehandler;

/**
 * What an application answers to a handshake that it accepts: a {@link WebSocketHandler}, or an
 * {@link Acceptance}, which says more than that. To refuse, it throws {@link
 * HandshakeRefusedException}.
 *
 * <p>There are no other kinds. It is not sealed all the same: a client proxy of CDI, which a
 * handler in a scope is given as, names each interface of its bean, and a sealed one lets in no
 * such class.
 */
public interface HandshakeAnswer {}
