package io.github.upgradehandler.internal.deflate;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deflaters or inflaters that are not in use: each has native memory, 256 KiB or 40 KiB of it,
 * which is not to be asked for with every message, nor kept by every connection. Holds a few; the
 * others are freed at once. Thread-safe.
 */
final class CodecPool<T> {

  private final Supplier<T> maker;
  private final Consumer<T> resetter;
  private final Consumer<T> ender;
  private final ArrayDeque<T> idle = new ArrayDeque<>();
  private int capacity;
  private int live;

  CodecPool(int capacity, Supplier<T> maker, Consumer<T> resetter, Consumer<T> ender) {
    this.capacity = capacity;
    this.maker = maker;
    this.resetter = resetter;
    this.ender = ender;
  }

  /** A codec in its initial state; to be given back once. */
  T lease() {
    synchronized (idle) {
      T pooled = idle.pollLast();
      if (pooled != null) {
        return pooled;
      }
    }
    T made = maker.get();
    synchronized (idle) {
      live++;
    }
    return made;
  }

  /** Takes a codec back, in whatever state it is. */
  void giveBack(T codec) {
    resetter.accept(codec);
    synchronized (idle) {
      if (idle.size() < capacity) {
        idle.addLast(codec);
        return;
      }
      live--;
    }
    ender.accept(codec);
  }

  /** Frees the ones that are not in use, and from now on those that are given back. */
  void close() {
    synchronized (idle) {
      capacity = 0;
      live -= idle.size();
      idle.forEach(ender);
      idle.clear();
    }
  }

  /** How many there are, in use or not. */
  int live() {
    synchronized (idle) {
      return live;
    }
  }
}
