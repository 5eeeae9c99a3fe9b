package io.github.upgradehandler.faults;

/** A container in this process. */
interface RunningServer extends AutoCloseable {

  int port();

  /** TCP connections that it has. */
  int openConnections();

  /** Takes the web application out of service; the container stays. */
  void undeploy() throws Exception;
}
