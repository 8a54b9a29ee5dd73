import Pages

/// The features of a whole HTML page: for its type, and for the judgement of its blocks.
enum PageFeatures {
  /// Those that the blocks' model sees. It sees few: all of them together would tell one page of the training data
  /// from every other, and the model would learn pages by heart.
  static let blockNames = [
    "blocks", "length", "link share", "prose share", "candidate share", "most alike share", "most alike prose",
    "paragraph share", "long blocks", "longest", "rules", "hidden share", "noscript share", "prices", "forum words",
    "shop words",
  ].map { "page \($0)" }
  static let blockIndices = blockNames.map { names.firstIndex(of: $0)! }
  static let names: [String] =
    PageClues.names.map { "page \($0)" }
    + [
      "blocks", "length", "link share", "paragraph share", "stop words", "punctuation", "prose share", "paragraphs",
      "items", "cells", "code", "headings", "prices", "dates", "articles", "forms", "inputs", "images", "links",
      "candidate score", "candidate share", "dense share", "denser share", "most alike", "most alike share",
      "most alike length", "most alike prose", "longest", "long blocks", "class paths", "hidden share",
      "noscript share",
      "main share", "article share", "rules", "forum words", "shop words", "action words", "related words", "copies",
      "we words", "you words", "person words", "service words", "manual words", "consent words", "title shop",
      "title forum", "title manual", "title service", "title related", "headings we", "headings you",
      "headings service", "headings related", "headings questions", "headings length", "headings h1", "title in h1",
      "code share", "cell share", "item share", "short share", "questions", "digits",
    ].map { "page \($0)" } + ClassWords.groups.map { "page class \($0.name)" }
    + ClassWords.groups.map { "body class \($0.name)" }
    + ElementMeasures.tags.map { "page in \($0.name)" }

  static func values(
    _ page: Blocks, _ texts: [TextMeasure], _ m: ElementMeasures, _ layout: PageLayout, _ rules: RuleHits,
    _ clues: PageClues
  ) -> [Float] {
    var values = clues.values
    values.reserveCapacity(names.count)
    let n = page.count
    let total = layout.total
    let chars = max(1, total.chars)
    let words = max(1, total.words)
    var kinds = [Float](repeating: 0, count: 16)
    var kindChars = kinds
    var sums = (
      prices: Float(0), dates: Float(0), longest: Float(0), long: Float(0), hidden: Float(0), noscript: Float(0)
    )
    var senses = (forum: Float(0), shop: Float(0), actions: Float(0), related: Float(0), digits: Float(0))
    var main = Float(0)
    var article = Float(0)
    var copies = Float(0)
    var h1 = Float(0)
    var title = Float(0)
    var short = Float(0)
    var questions = Float(0)
    var speech = TextMeasure()
    var headings = TextMeasure()
    var headingQuestions = Float(0)
    var classChars = [Float](repeating: 0, count: ClassWords.groups.count)
    var tagChars = [Float](repeating: 0, count: ElementMeasures.tags.count)
    for block in 0..<n {
      let t = texts[block]
      let kind = Int(page.kinds[block].rawValue)
      kinds[kind] += 1
      kindChars[kind] += t.chars
      if t.hasPrice { sums.prices += 1 }
      if t.hasDate { sums.dates += 1 }
      sums.longest = max(sums.longest, t.chars)
      if t.chars > 150, layout.linkShares[block] < 0.3 { sums.long += 1 }
      if t.chars < 30 { short += t.chars }
      let context = page.contexts[block]
      if context.contains(.hidden) { sums.hidden += t.chars }
      if context.contains(.noscript) { sums.noscript += t.chars }
      if context.contains(.main) { main += t.chars }
      if context.contains(.article) { article += t.chars }
      senses.forum += t.forum
      senses.shop += t.shop
      senses.actions += t.actions
      senses.related += t.related
      senses.digits += t.digits
      speech.we += t.we
      speech.you += t.you
      speech.person += t.person
      speech.service += t.service
      speech.manual += t.manual
      speech.consent += t.consent
      let asks = page.ends[block] > page.starts[block] && page.text[Int(page.ends[block]) - 1] == 0x3F
      if kind == Int(BlockKind.heading.rawValue) {
        headings.we += t.we
        headings.you += t.you
        headings.service += t.service
        headings.related += t.related
        headings.words += t.words
        if asks { headingQuestions += 1 }
      }
      if layout.earlierCopies[block] > 0 { copies += t.chars }
      if kind == Int(BlockKind.heading.rawValue), page.levels[block] == 1 {
        h1 += 1
        title = max(title, t.title / max(1, layout.titleWords))
      }
      if asks { questions += 1 }
      let e = Int(page.blockElements[block])
      guard e >= 0 else { continue }
      for group in classChars.indices where m.classDistances[e][group] < ElementMeasures.far {
        classChars[group] += t.chars
      }
      for tag in tagChars.indices where m.tagDistances[e][tag] < ElementMeasures.far { tagChars[tag] += t.chars }
    }
    func number(_ kind: BlockKind) -> Float { kinds[Int(kind.rawValue)] }
    func share(_ kind: BlockKind) -> Float { kindChars[Int(kind.rawValue)] / chars }
    let alike = m.groups.max { $0.sum.prose * min($0.count, 3) < $1.sum.prose * min($1.count, 3) } ?? SiblingGroup()
    let most = m.groups.filter { $0.count >= 3 }.max { $0.sum.chars < $1.sum.chars } ?? alike
    func measure(_ candidate: Int) -> Float {
      let element = layout.candidates.elements[candidate]
      return element < m.measures.count ? m.measures[element].chars / chars : 0
    }
    values += [
      logLength(Float(n)), logLength(total.chars), total.linkShare,
      (m.measures.isEmpty ? 0 : m.measures[m.body].paragraphs) / chars, total.stops / words, total.marks / words,
      total.prose / chars, number(.paragraph), number(.listItem), number(.cell), number(.code), number(.heading),
      sums.prices, sums.dates, m.articles, m.forms, m.inputs, m.images, m.links,
    ]
    values += [
      logLength(layout.candidateScore), measure(0), measure(1), measure(2),
      most.count, most.sum.chars / chars, most.sum.chars / max(1, most.count), most.sum.prose / max(1, most.sum.chars),
      logLength(sums.longest), sums.long, Float(layout.pathCount) / Float(max(1, n)), sums.hidden / chars,
      sums.noscript / chars, main / chars, article / chars,
      rules.before[n] / Float(max(1, n)), senses.forum / words, senses.shop / words, senses.actions / words,
      senses.related / words, copies / chars, speech.we / words, speech.you / words, speech.person / words,
      speech.service / words, speech.manual / words, speech.consent / words,
    ]
    let title1 = TextMeasures.measure(clues.title)
    let headingWords = max(1, headings.words)
    values += [
      title1.shop, title1.forum, title1.manual, title1.service, title1.related, headings.we / headingWords,
      headings.you / headingWords, headings.service / headingWords, headings.related / headingWords,
      headingQuestions / max(1, number(.heading)), headings.words / max(1, number(.heading)), h1, title, share(.code),
      share(.cell), share(.listItem), short / chars,
      questions, senses.digits / chars,
    ]
    for group in classChars.indices { values.append(classChars[group] / chars) }
    for group in classChars.indices { values.append(m.bodyClasses >> UInt32(group) & 1 == 1 ? 1 : 0) }
    for tag in tagChars.indices { values.append(tagChars[tag] / chars) }
    return values
  }
}
