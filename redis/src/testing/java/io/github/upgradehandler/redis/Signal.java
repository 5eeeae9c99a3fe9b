package io.github.upgradehandler.redis;

import java.io.IOException;

/** Stops processes without ending them, and lets them go on. */
enum Signal {
  STOP,
  CONT;

  void send(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid())).start().waitFor();
  }
}
