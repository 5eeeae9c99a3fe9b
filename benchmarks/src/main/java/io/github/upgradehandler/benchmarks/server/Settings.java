package io.github.upgradehandler.benchmarks.server;

/**
 * What a server is told, by its arguments.
 *
 * @param implementation whose WebSocket it speaks
 * @param maxMessageBytes the largest message; 0 for what the implementation has by default
 * @param compression whether permessage-deflate is agreed on with clients that offer it
 * @param sendBufferBytes of each connection; 0 for what the system chooses
 */
record Settings(
    Implementation implementation, int maxMessageBytes, boolean compression, int sendBufferBytes) {

  static Settings of(String[] arguments) {
    return new Settings(
        Implementation.valueOf(arguments[0]),
        Integer.parseInt(arguments[1]),
        Boolean.parseBoolean(arguments[2]),
        Integer.parseInt(arguments[3]));
  }

  IllegalArgumentException unknown() {
    return new IllegalArgumentException(implementation + " is not to be had on this container");
  }
}
