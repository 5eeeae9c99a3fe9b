package io.github.upgradehandler.containers.server;

import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.util.List;

/** How an administrator handles a container. */
public interface Server {

  /** Starts it with every WAR of {@link War#served}; it serves them a while later. */
  Process start(Place place) throws Exception;

  /** Has it take in one more WAR while it runs, which may take it a while. */
  void deploy(Place place, Process process, War war) throws Exception;

  /** Has it take away a WAR while it runs, which may take it a while. */
  void undeploy(Place place, Process process, War war) throws Exception;

  /** Asks it to stop, with SIGTERM if it has no command for that. */
  default void stop(Place place, Process process) throws Exception {
    List<ProcessHandle> children = process.descendants().toList();
    // A start script may wait for the JVM and pass nothing on.
    if (children.isEmpty()) {
      process.destroy();
    } else {
      children.forEach(ProcessHandle::destroy);
    }
  }
}
