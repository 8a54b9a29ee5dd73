/// Names of months in the languages that Winnow's rules speak, in the cases that stand in dates.
enum MonthNames {
  /// 1 to 12 for a name or an unambiguous beginning of one with at least three letters ("sept", "déc");
  /// `word` is in lower case, without a dot.
  static func number(_ word: Substring) -> Int? { numbers[word].flatMap { $0 > 0 ? $0 : nil } }

  /// Whether it is a whole name or a usual abbreviation: "marc" begins a month's name in some language, but is a person's.
  static func isWhole(_ word: Substring) -> Bool { whole.contains(word) }

  private static let whole: Set<Substring> = Set(names.flatMap { $0.split(separator: " ") })

  private static let numbers: [Substring: Int] = {
    var numbers: [Substring: Int] = [:]
    // Whole names first: "mai" is May even though "maio" begins with it.
    for (month, names) in names.enumerated() {
      for name in names.split(separator: " ") { numbers[name] = month + 1 }
    }
    for (month, names) in names.enumerated() {
      for name in names.split(separator: " ") {
        for length in 3..<max(3, name.count) {
          let start = name.prefix(length)
          guard !whole.contains(start) else { continue }
          let known = numbers[start]
          numbers[start] = known == nil || known == month + 1 ? month + 1 : 0
        }
      }
    }
    return numbers
  }()

  /// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Polish,
  /// Czech, Slovak, Croatian, Ukrainian, Russian, Turkish, Greek, Romanian, Hungarian, Indonesian, Catalan.
  private static let names = [
    "january januar jänner janvier enero janeiro gennaio januari tammikuuta tammikuu stycznia styczeń ledna leden "
      + "januára siječnja січня січень января январь ocak ιανουαρίου ianuarie január gener jan",
    "february februar feber février fevrier febrero fevereiro febbraio februari helmikuuta lutego luty února únor "
      + "februára veljače лютого лютий февраля февраль şubat φεβρουαρίου februarie február febrer feb febr",
    "march märz maerz mars marzo março marco maart maaliskuuta marca marzec března březen marec ožujka березня "
      + "березень марта март mart μαρτίου martie március maret març mar mrz mär",
    "april avril abril aprile huhtikuuta kwietnia kwiecień dubna duben apríla travnja квітня квітень апреля апрель "
      + "nisan απριλίου aprilie április apr",
    "may mai mayo maio maggio mei maj toukokuuta maja května květen mája svibnja травня травень мая май mayıs "
      + "μαΐου μαίου május maig",
    "june juni juin junio junho giugno kesäkuuta czerwca czerwiec června červen júna lipnja червня червень июня июнь "
      + "haziran ιουνίου iunie június juny jun",
    "july juli juillet julio julho luglio heinäkuuta lipca lipiec července červenec júla srpnja липня липень июля "
      + "июль temmuz ιουλίου iulie július juliol jul juil",
    "august août aout agosto augustus elokuuta sierpnia sierpień srpna srpen augusta kolovoza серпня серпень августа "
      + "август ağustos αυγούστου augusztus agustus agost aug ago",
    "september septembre septiembre setembro settembre syyskuuta września wrzesień září septembra rujna вересня "
      + "вересень сентября сентябрь eylül σεπτεμβρίου septembrie szeptember setembre sep sept",
    "october oktober octobre octubre outubro ottobre lokakuuta października październik října říjen októbra listopada "
      + "жовтня жовтень октября октябрь ekim οκτωβρίου octombrie október oct okt",
    "november novembre noviembre novembro marraskuuta listopad listopadu novembra studenoga studenog листопада "
      + "листопад ноября ноябрь kasım νοεμβρίου noiembrie nov",
    "december dezember décembre diciembre dezembro dicembre joulukuuta grudnia grudzień prosince prosinec decembra "
      + "prosinca грудня грудень декабря декабрь aralık δεκεμβρίου decembrie desember desembre dec dez déc",
  ]
}
