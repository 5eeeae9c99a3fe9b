package io.github.upgradehandler.servlet;

/** A container in this process. */
public interface RunningServer extends AutoCloseable {

  /** At most so many threads of its own handle requests. */
  int THREADS = Integer.getInteger("container.threads", 200);

  int port();

  /** TCP connections that it has. */
  int openConnections();

  /** Takes the web application out of service; the container stays. */
  void undeploy() throws Exception;

  @Override
  void close() throws Exception;
}
