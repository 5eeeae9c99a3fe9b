package io.github.upgradehandler.deployment;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.EventStreamServlet;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;

/** Servlets of an application whose code says what init-params alone do not. */
public final class Subclasses {

  private static final int MUCH = 2 << 20;

  private Subclasses() {}

  /** Has a handler, as its constructor alone knows. */
  public static class Chat extends WebSocketServlet {
    /** For the container. */
    public Chat() {
      super(handshake -> new Handlers.Right());
    }
  }

  /** Has none, which its constructor alone knows too. */
  public static final class Silent extends WebSocketServlet {
    /** For the container. */
    public Silent() {}
  }

  /** Does more when it is initialized, as many do. */
  public static final class Initialized extends Chat {
    /** For the container. */
    public Initialized() {}

    @Override
    public void init() throws ServletException {
      super.init();
    }
  }

  /** Raises a limit that an init-param then comes close to. */
  public static final class Roomy extends Chat {
    /** For the container. */
    public Roomy() {}

    @Override
    protected void configure(WebSocketConfig.Builder builder) {
      builder.outboundLimitBytes(MUCH);
    }
  }

  /** Has init-params of its own. */
  public static final class OwnParams extends Chat {
    /** For the container. */
    public OwnParams() {}

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.emptyEnumeration();
    }
  }

  /** Is initialized with others than it was registered with. */
  public static final class OwnConfig extends Chat {
    /** For the container. */
    public OwnConfig() {}

    @Override
    public void init(ServletConfig config) throws ServletException {
      super.init(config);
    }
  }

  /** Raises a limit that an init-param then comes close to. */
  public static final class RoomyNews extends EventStreamServlet {

    private final Rooms rooms = new Rooms();

    /** For the container. */
    public RoomyNews() {}

    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.builder().outboundLimitBytes(MUCH).build();
    }

    @Override
    protected Room accept(Handshake request) {
      return rooms.room("news");
    }
  }

  /** Cannot be initialized, as its first use alone tells. */
  public static final class Unloadable implements WebSocketHandler {
    static {
      fail();
    }

    /** Never called. */
    public Unloadable() {}

    private static void fail() {
      throw new IllegalStateException("as the test wants");
    }
  }
}
