/// "1 page", "2 pages": a number and the noun that it counts, for messages.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
