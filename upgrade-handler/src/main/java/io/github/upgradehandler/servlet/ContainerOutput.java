package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The body of a response as the application sees it, perhaps with something around it that a filter
 * has put there, and as the container has it.
 *
 * @param outer what is written to
 * @param inner the container's own; the same if nothing is around it
 */
record ContainerOutput(ServletOutputStream outer, ServletOutputStream inner) {

  private static final WriteListener NOBODY =
      new WriteListener() {
        @Override
        public void onWritePossible() {}

        @Override
        public void onError(Throwable cause) {}
      };

  /**
   * The output of a response.
   *
   * @throws IllegalStateException if the response is written by its writer already
   */
  static ContainerOutput of(ServletResponse response) throws IOException {
    ServletOutputStream outer = response.getOutputStream();
    ServletResponse innermost = response;
    while (innermost instanceof ServletResponseWrapper wrapper) {
      innermost = wrapper.getResponse();
    }
    return new ContainerOutput(outer, innermost.getOutputStream());
  }

  /**
   * Whether the container hears of who wants to know when it can take more. Of a request that is
   * not asynchronous it wants to hear of nobody: so what gets through to it is refused ({@code
   * ServletOutputStream.setWriteListener}), and what is taken has not got there.
   */
  boolean reachesContainer() {
    if (outer == inner) {
      return true;
    }
    try {
      outer.setWriteListener(NOBODY);
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (RuntimeException e) { // such as an UnsupportedOperationException
      return false;
    }
  }

  /** Whether the container can take more, whatever is around it says. */
  boolean isReady() {
    return inner.isReady() && (outer == inner || outer.isReady());
  }
}
