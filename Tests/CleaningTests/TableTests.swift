import Testing
import Winnow

/// A cell of a page is one cell in every form; a table that only lays out its page is none.
@Suite struct TableTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var html: String
    var text: String
    var markdown: String
    var body: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "rows of different lengths", html: "<table><tr><td>2024</tr><tr><td>Ulm<td>10 m</tr></table>",
      text: """
        2024
        Ulm	10 m
        """,
      markdown: """
        | 2024 | |
        | --- | --- |
        | Ulm | 10 m |
        """,
      body: """
        <table><tr><td>2024</td>
        </tr>
        <tr><td>Ulm</td>
        <td>10 m</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "lines in a cell",
      html: "<table><tr><td>Ulm<td>long<br>narrow</tr><tr><td>Bonn<td><p>short</p><p>wide</p></tr></table>",
      text: """
        Ulm	long narrow
        Bonn	short wide
        """,
      markdown: """
        | Ulm | long<br>narrow |
        | --- | --- |
        | Bonn | short<br>wide |
        """,
      body: """
        <table><tr><td>Ulm</td>
        <td>long<br>narrow</td>
        </tr>
        <tr><td>Bonn</td>
        <td>short<br>wide</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "empty cells",
      html: "<table><tr><th><th>2024<th>2025</tr><tr><th>Ulm<td>10 m<td>11 m</tr><tr><td>Bonn<td><td>9 m</tr></table>",
      text: """
        	2024	2025
        Ulm	10 m	11 m
        Bonn		9 m
        """,
      markdown: """
        | | 2024 | 2025 |
        | --- | --- | --- |
        | Ulm | 10 m | 11 m |
        | Bonn | | 9 m |
        """,
      body: """
        <table><tr><td></td>
        <th>2024</th>
        <th>2025</th>
        </tr>
        <tr><th>Ulm</th>
        <td>10 m</td>
        <td>11 m</td>
        </tr>
        <tr><td>Bonn</td>
        <td></td>
        <td>9 m</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "cells over several columns and rows",
      html: """
        <table><tr><th rowspan=2>City<th colspan=2>Height<th>Note</tr><tr><th>2024<th>2025</tr>\
        <tr><td rowspan=2>Ulm<td>10 m<td>11 m<td>low</tr><tr><td>12 m<td><td>high</tr><tr><td colspan=9>By gauge</tr></table>
        """,
      text: """
        City	Height		Note
        	2024	2025
        Ulm	10 m	11 m	low
        	12 m		high
        By gauge
        """,
      markdown: """
        | City | Height | | Note |
        | --- | --- | --- | --- |
        | | 2024 | 2025 |
        | Ulm | 10 m | 11 m | low |
        | | 12 m | | high |
        | By gauge |
        """,
      body: """
        <table><tr><th rowspan="2">City</th>
        <th colspan="2">Height</th>
        <th>Note</th>
        </tr>
        <tr><th>2024</th>
        <th>2025</th>
        </tr>
        <tr><td rowspan="2">Ulm</td>
        <td>10 m</td>
        <td>11 m</td>
        <td>low</td>
        </tr>
        <tr><td>12 m</td>
        <td></td>
        <td>high</td>
        </tr>
        <tr><td colspan="4">By gauge</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "a cell down to the end of its group, past a row without text",
      html: """
        <table><tbody><tr><td rowspan=0>Ulm<td>10 m</tr><tr><td></tr><tr><td>11 m</tr></tbody>\
        <tbody><tr><td>Bonn<td>9 m</tr></tbody></table>
        """,
      text: """
        Ulm	10 m
        	11 m
        Bonn	9 m
        """,
      markdown: """
        | Ulm | 10 m |
        | --- | --- |
        | | 11 m |
        | Bonn | 9 m |
        """,
      body: """
        <table><tr><td rowspan="2">Ulm</td>
        <td>10 m</td>
        </tr>
        <tr><td>11 m</td>
        </tr>
        <tr><td>Bonn</td>
        <td>9 m</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "a column that only an empty one is under",
      html: "<table><tr><td colspan=2>Ulm<td>10 m</tr><tr><td>Bonn<td><td>9 m</tr></table>",
      text: """
        Ulm	10 m
        Bonn	9 m
        """,
      markdown: """
        | Ulm | 10 m |
        | --- | --- |
        | Bonn | 9 m |
        """,
      body: """
        <table><tr><td>Ulm</td>
        <td>10 m</td>
        </tr>
        <tr><td>Bonn</td>
        <td>9 m</td>
        </tr>
        </table>
        """),
    Case(
      testDescription: "pipes and lists",
      html: #"<table><tr><td><code>a|b</code><td>c | d</tr><tr><td>e\|f<td><ul><li>g<li>h</ul></tr></table>"#,
      text: #"""
        a|b	c | d
        e\|f	g h
        """#,
      markdown: #"""
        | `a\|b` | c \| d |
        | --- | --- |
        | e\\\|f | g<br>h |
        """#,
      body: #"""
        <table><tr><td><code>a|b</code></td>
        <td>c | d</td>
        </tr>
        <tr><td>e\|f</td>
        <td>g<br>h</td>
        </tr>
        </table>
        """#),
    Case(
      testDescription: "one column", html: "<table><tr><td><p>A page.</p><p>In a table.</p></td></tr></table>",
      text: """
        A page.

        In a table.
        """,
      markdown: """
        A page.

        In a table.
        """,
      body: """
        <p>A page.</p>
        <p>In a table.</p>
        """),
    Case(
      testDescription: "a heading beside", html: "<table><tr><td>Left<td><h2>Right</h2><p>Text</p></tr></table>",
      text: """
        Left

        Right

        Text
        """,
      markdown: """
        Left

        ## Right

        Text
        """,
      body: """
        <p>Left</p>
        <h2>Right</h2>
        <p>Text</p>
        """),
    Case(
      testDescription: "a table in a table",
      html: "<table><tr><td>Outer<td><table><tr><td>a<td>b</tr></table></tr></table>",
      text: """
        Outer

        a	b
        """,
      markdown: """
        Outer

        | a | b |
        | --- | --- |
        """,
      body: """
        <p>Outer</p>
        <table><tr><td>a</td>
        <td>b</td>
        </tr>
        </table>
        """),
  ]

  @Test(arguments: cases) func isTheSameInEveryForm(_ table: Case) throws {
    #expect(try MarkdownTests.render(table.html, .text) == table.text)
    #expect(try MarkdownTests.render(table.html, .markdown) == table.markdown)
    #expect(try MarkdownTests.render(table.html, .html).contains("<article>\n\(table.body)\n</article>"))
  }

  /// A few bytes of a page do not become thousands of empty cells: 300 columns and 300 rows that skip all of them.
  @Test(arguments: ["", "colspan=1000", "rowspan=65534", "colspan=1000 rowspan=65534"])
  func spansAreBounded(_ span: String) throws {
    let wide = String(repeating: "<td \(span)>a", count: 300)
    let rows = String(repeating: "<tr><td colspan=1000><td>b</tr>", count: 300)
    let table = "<table><tr>\(wide)</tr>\(rows)</table>"
    for format in [Format.text, .markdown, .html] {
      #expect(try MarkdownTests.render(table, format).utf8.count < 50 * table.utf8.count)
    }
  }

  /// A long entry leaves a table of data what it is; where every row has one, the table is a thread.
  @Test(arguments: [(1, true), (4, false)]) func threadsAreNoTables(proseRows: Int, isTable: Bool) throws {
    let prose = String(repeating: "A line of prose that goes on for a while.<br>", count: 30)
    let rows = (0..<4).map { "<tr><td>Ann<td>\($0 < proseRows ? prose : "Short.")</tr>" }.joined()
    #expect(try MarkdownTests.render("<table>\(rows)</table>", .markdown).contains("| --- | --- |") == isTable)
  }
}
