package io.github.upgradehandler.internal.protocol;

import java.util.List;

/** The head of an HTTP request, as the opening handshake reads it. */
public interface RequestHead {

  /** The method, in upper case as HTTP has it. */
  String method();

  /** The protocol and version, such as {@code HTTP/1.1}. */
  String protocol();

  /** Whether the request came over TLS. */
  boolean isSecure();

  /** The values of a header, one for each line, names compared without regard to case. */
  List<String> headers(String name);
}
