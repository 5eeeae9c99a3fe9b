package io.github.upgradehandler.benchmarks.server;

/**
 * What a server is told, by its arguments.
 *
 * @param implementation whose WebSocket it speaks
 * @param maxMessageBytes the largest message; 0 for what the implementation has by default
 * @param compression whether permessage-deflate is agreed on with clients that offer it
 */
record Settings(Implementation implementation, int maxMessageBytes, boolean compression) {

  static Settings of(String[] arguments) {
    return new Settings(
        Implementation.valueOf(arguments[0]),
        Integer.parseInt(arguments[1]),
        Boolean.parseBoolean(arguments[2]));
  }

  IllegalArgumentException unknown() {
    return new IllegalArgumentException(implementation + " is not to be had on this container");
  }
}
