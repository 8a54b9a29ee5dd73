/// Numbers 64-bit hashes from 0 in the order in which they come. Open addressing; emptied in O(1).
package struct HashTable {
  private struct Slot {
    var key: UInt64 = 0
    /// Filled where it is the table's.
    var mark: UInt32 = 0
    var value: Int32 = 0
  }
  private var slots: [Slot]
  private var mark: UInt32 = 1
  private var count: Int32 = 0

  /// With room for so many; it grows where they are more.
  package init(capacity: Int = 1024) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
  }

  package mutating func clear() {
    count = 0
    mark &+= 1
    if mark == 0 {
      for i in slots.indices { slots[i].mark = 0 }
      mark = 1
    }
  }

  /// The number of a key; nil where it has none.
  package func find(_ key: UInt64) -> Int32? {
    var at = Self.place(key, slots.count)
    while slots[at].mark == mark {
      if slots[at].key == key { return slots[at].value }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The number of a key; a new one gets the next.
  package mutating func insert(_ key: UInt64) -> (value: Int32, isNew: Bool) {
    var at = Self.place(key, slots.count)
    while slots[at].mark == mark {
      if slots[at].key == key { return (slots[at].value, false) }
      at = (at + 1) & (slots.count - 1)
    }
    if Int(count) * 2 >= slots.count {
      grow()
      return insert(key)
    }
    slots[at] = Slot(key: key, mark: mark, value: count)
    count += 1
    return (count - 1, true)
  }

  private mutating func grow() {
    let old = slots.filter { $0.mark == mark }
    slots = Array(repeating: Slot(), count: slots.count * 2)
    for slot in old {
      var at = Self.place(slot.key, slots.count)
      while slots[at].mark == mark { at = (at + 1) & (slots.count - 1) }
      slots[at] = slot
    }
  }

  private static func place(_ key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (size - 1)
  }
}
