package io.github.upgradehandler;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the body of a conversation on a thread of its own. */
record ConversationStart(Executor executor, ConversationBody body)
    implements Consumer<Conversation> {

  @Override
  public void accept(Conversation conversation) {
    Thread opening = Thread.currentThread();
    ClassLoader loader = opening.getContextClassLoader();
    AtomicBoolean starting = new AtomicBoolean(true);
    executor.execute(
        () -> {
          if (starting.get() && Thread.currentThread() == opening) {
            throw new IllegalStateException(
                "the executor runs a conversation on its caller's thread, which is to receive for"
                    + " it: it needs threads of its own");
          }
          run(conversation, loader);
        });
    starting.set(false);
  }

  /** With the class loader that handlers have: the executor's threads come with any. */
  private void run(Conversation conversation, @Nullable ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      conversation.run(body);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
