package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Published;
import java.util.concurrent.CompletionStage;

/** A node with one room. */
interface SimulatedNode {

  SimulatedEngine engine();

  CompletionStage<Published> publish(String value);

  /** One comes, having seen all up to {@link Witness#last}. */
  void come(Witness one);

  void leave(Witness one);
}
