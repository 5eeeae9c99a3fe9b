package io.github.upgradehandler.servlet.container;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The body of a response as the application sees it, perhaps with something around it that a filter
 * has put there, and as the container has it.
 *
 * @param outer what is written to
 * @param inner the container's own; the same if nothing is around it
 */
public record ContainerOutput(ServletOutputStream outer, ServletOutputStream inner) {

  private static final WriteListener IGNORING =
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
  public static ContainerOutput of(ServletResponse response) throws IOException {
    ServletOutputStream outer = response.getOutputStream();
    return new ContainerOutput(outer, Innermost.of(response).getOutputStream());
  }

  /**
   * Whether a {@link WriteListener} that is set reaches the container. To be called before the
   * request is asynchronous: the container then refuses a listener ({@code
   * ServletOutputStream.setWriteListener}), and one that is not refused has not got there.
   */
  public boolean reachesContainer() {
    if (outer == inner) {
      return true;
    }
    try {
      outer.setWriteListener(IGNORING);
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (RuntimeException e) { // such as an UnsupportedOperationException
      return false;
    }
  }

  /** Whether the container can take more, whatever a wrapper reports. */
  public boolean isReady() {
    return inner.isReady() && (outer == inner || outer.isReady());
  }
}
