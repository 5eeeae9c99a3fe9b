package io.github.upgradehandler;

/** What an application does with one connection, from its beginning to its end, on one thread. */
@FunctionalInterface
public interface ConversationBody {

  /**
   * Talks to the peer; called once for each connection, on a thread of the executor that {@link
   * Conversation#handler} was given. One body may serve many connections at the same time.
   *
   * <p>When it returns, the connection is closed with 1000, unless it is closing already.
   *
   * @throws Exception whatever it likes: it is logged and closes the connection with 1011. A {@link
   *     ConversationEndedException} after the connection has ended is not logged, and an {@link
   *     InterruptedException} closes with 1001.
   */
  void converse(Conversation conversation) throws Exception;
}
