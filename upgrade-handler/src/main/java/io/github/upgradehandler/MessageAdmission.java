package io.github.upgradehandler;

import java.security.Principal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a connection in and acts on what it sends: made by {@link Admission#inspectedBy}. Immutable.
 */
public final class MessageAdmission extends Admission {

  private final UnaryOperator<WebSocketHandler> around;

  MessageAdmission(
      @Nullable Principal principal,
      List<Runnable> releases,
      List<Deadlines> deadlines,
      UnaryOperator<WebSocketHandler> around) {
    super(principal, releases, deadlines);
    this.around = around;
  }

  @Override
  MessageAdmission with(
      @Nullable Principal named, List<Runnable> whenReleased, List<Deadlines> whileThere) {
    return new MessageAdmission(named, whenReleased, whileThere, around);
  }

  @Override
  public MessageAdmission withPrincipal(Principal value) {
    return (MessageAdmission) super.withPrincipal(value);
  }

  @Override
  public MessageAdmission withRelease(Runnable action) {
    return (MessageAdmission) super.withRelease(action);
  }

  @Override
  public MessageAdmission withDeadlines(Deadlines value) {
    return (MessageAdmission) super.withDeadlines(value);
  }

  @Override
  public MessageAdmission inspectedBy(UnaryOperator<WebSocketHandler> inner) {
    return super.inspectedBy(handler -> around(inner.apply(handler)));
  }

  /**
   * What handles the connection instead of a handler; called by the library, once for each
   * connection.
   *
   * @throws IllegalStateException if the guard gives no handler, or one that would lose messages
   */
  public WebSocketHandler around(WebSocketHandler handler) {
    @Nullable WebSocketHandler surrounded = around.apply(handler);
    if (surrounded == null) {
      throw new IllegalStateException("a guard has put null around " + name(handler));
    }
    if (handler instanceof PartialHandler && !(surrounded instanceof PartialHandler)) {
      throw new IllegalStateException(
          "a guard has put "
              + name(surrounded)
              + ", which is no PartialHandler, around the PartialHandler "
              + name(handler));
    }
    return surrounded;
  }

  private static String name(WebSocketHandler handler) {
    return handler.getClass().getName();
  }
}
