package io.github.upgradehandler.jetty;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.BinaryOperator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The response to a handshake, which a servlet can have kept as it is from {@code upgrade} to the
 * moment that the connection begins: filters that flush, reset or change it meanwhile change
 * nothing. Jetty 12.1.14 upgrades when they have returned, and of a response that is committed or
 * no 101 by then it makes an endless loop.
 *
 * <p>It is its own keeper, as a function of JDK types. It is given what to do when the answer
 * cannot be kept, since a filter has closed the output or answered something else, and how to take
 * back a content length, which the servlet's output keeps for itself; it gives what ends the
 * keeping. Used by the request's thread; the connection's threads use it only after that.
 */
final class HandshakeResponse extends Response.Wrapper implements BinaryOperator<Runnable> {

  private record Kept(HttpFields headers, Runnable spoiled, Runnable withoutLength) {}

  private volatile @Nullable Kept kept;

  HandshakeResponse(Request request, Response wrapped) {
    super(request, wrapped);
  }

  @Override
  public Runnable apply(Runnable spoiled, Runnable withoutLength) {
    // A Jetty that upgrades at once has committed it already, and there is nothing to keep.
    if (!super.isCommitted() && super.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
      HttpFields answer = HttpFields.build(getHeaders()).asImmutable();
      kept = new Kept(answer, spoiled, withoutLength);
    }
    return () -> kept = null;
  }

  /** It is the first thing that Jetty asks for when it is about to upgrade. */
  @Override
  public int getStatus() {
    Kept keeping = kept;
    if (keeping == null) {
      return super.getStatus();
    }
    keeping.withoutLength.run();
    restore(keeping.headers);
    return HttpStatus.SWITCHING_PROTOCOLS_101;
  }

  /** A status of success is ignored, one of failure counts. */
  @Override
  public void setStatus(int code) {
    if (kept == null) {
      super.setStatus(code);
    } else if (code >= HttpStatus.MULTIPLE_CHOICES_300) {
      spoil();
      super.setStatus(code);
    }
  }

  @Override
  public boolean isCommitted() {
    return kept == null && super.isCommitted();
  }

  @Override
  public void reset() {
    if (kept == null) {
      super.reset();
    }
  }

  /** A 101 has no content. */
  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    if (kept == null) {
      super.write(last, content, callback);
      return;
    }
    if (content != null) {
      content.position(content.limit());
    }
    if (last) {
      spoil();
      callback.succeeded();
    } else {
      super.write(false, BufferUtil.EMPTY_BUFFER, callback);
    }
  }

  /** Some of Jetty's own headers stay when the others are cleared. */
  private void restore(HttpFields answer) {
    HttpFields.Mutable headers = getHeaders();
    headers.clear();
    for (HttpField field : answer) {
      if (!headers.contains(field)) {
        headers.add(field);
      }
    }
  }

  private void spoil() {
    Kept keeping = kept;
    if (keeping == null) {
      return;
    }
    kept = null;
    if (!super.isCommitted()) {
      for (HttpField field : keeping.headers) {
        if (isOfHandshake(field)) {
          getHeaders().remove(field.getName());
        }
      }
    }
    keeping.spoiled.run();
  }

  private static boolean isOfHandshake(HttpField field) {
    return field.getHeader() == HttpHeader.UPGRADE
        || field.getHeader() == HttpHeader.CONNECTION
        || field.getName().toLowerCase(Locale.ROOT).startsWith("sec-websocket-");
  }
}
