package dev.corsac.gateway.connection;

/** The part of the room in memory that one connection has for one thing. */
final class Share {
  private final Door door;
  private long bytes;

  Share(Door door) {
    this.door = door;
  }

  /**
   * Grows or shrinks.
   *
   * @return false if there is no room for it; it stays as it was then
   */
  boolean become(long wanted) {
    if (wanted == bytes) {
      return true;
    }
    if (!door.take(wanted - bytes)) {
      return false;
    }
    bytes = wanted;
    return true;
  }

  void giveBack() {
    door.giveBack(bytes);
    bytes = 0;
  }
}
