package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.internal.engine.EngineListener;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.EngineServer;
import io.github.upgradehandler.socketio.internal.engine.EngineSession;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Engine.IO that sends every message back, binary as binary. */
public class EngineEchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient SocketIoConfig config;
  private final transient Queue<DisconnectReason> ends = new ConcurrentLinkedQueue<>();
  private transient EngineWork work;
  private transient EngineServer server;

  public EngineEchoServlet(SocketIoConfig config) {
    this.config = config;
  }

  @Override
  public void init() {
    work = new EngineWork("engine", config.webSocket().executor());
    server = new EngineServer(getServletContext(), getServletName(), config, work, this::accept);
  }

  @Override
  public void destroy() {
    server.close();
    work.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    server.service(request, response);
  }

  /** How many sessions there are. */
  public int size() {
    return server.size();
  }

  /** Why sessions have ended. */
  public Queue<DisconnectReason> ends() {
    return ends;
  }

  /** The sessions that there are. */
  public List<EngineSession> sessions() {
    return server.sessions();
  }

  /** What is done for a session. */
  protected EngineListener accept(EngineSession session) {
    return new EngineListener() {
      @Override
      public void onText(String text) {
        session.send(List.of(EnginePacket.text(text)));
      }

      @Override
      public void onBinary(byte[] bytes) {
        session.send(List.of(EnginePacket.binary(bytes)));
      }

      @Override
      public void onClose(DisconnectReason reason) {
        ends.add(reason);
      }
    };
  }
}
