package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.sample.Failures;
import io.github.upgradehandler.socketio.MissingSocketsException;
import io.github.upgradehandler.socketio.RemoteSocket;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Sockets of all nodes. */
final class Sockets {

  private Sockets() {}

  /** Those of the nodes that have answered, if some are silent or Redis is away. */
  static CompletionStage<List<RemoteSocket>> found(CompletionStage<List<RemoteSocket>> asked) {
    return asked.exceptionally(
        failure -> {
          Throwable cause = Failures.cause(failure);
          if (cause instanceof MissingSocketsException missing) {
            return missing.sockets();
          }
          throw new CompletionException(cause);
        });
  }
}
