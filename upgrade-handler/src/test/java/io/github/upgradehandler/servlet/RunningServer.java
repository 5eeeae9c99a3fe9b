package io.github.upgradehandler.servlet;

/** A container in this process. */
public interface RunningServer extends AutoCloseable {

  int port();

  /** TCP connections that it has. */
  int openConnections();

  /** Takes the web application out of service; the container stays. */
  void undeploy() throws Exception;

  @Override
  void close() throws Exception;
}
