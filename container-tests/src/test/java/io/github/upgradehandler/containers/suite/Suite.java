package io.github.upgradehandler.containers.suite;

import io.github.upgradehandler.containers.RunningContainer;
import java.net.URI;

/** What the rules of all parts of the suite are tried on. */
interface Suite {

  RunningContainer container();

  default URI echo() {
    return container().uri("echo");
  }

  default URI broadcast() {
    return container().uri("broadcast");
  }

  default URI chat(String name) {
    return container().uri("chat?name=" + name);
  }
}
