// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "winnow",
  products: [
    .library(name: "Winnow", targets: ["Pages"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .target(name: "CText", dependencies: ["CICU"]),
    .target(name: "CEmbedded"),
    .target(name: "Pages", dependencies: ["CLibxml2", "CText", "CEmbedded"]),
    .target(name: "Language", dependencies: ["CText", "CEmbedded"]),
    .target(
      name: "Rules",
      dependencies: ["Pages", "Language", "CEmbedded", .product(name: "Yams", package: "Yams")]),
    .target(name: "Content", dependencies: ["Pages", "Language", "Rules", "CEmbedded"]),
    .target(name: "Cleaning", dependencies: ["Pages", "Language", "Rules", "Content"]),
    .target(name: "Briefs", dependencies: ["Pages", "Language", "Content", "Cleaning", "CEmbedded"]),
    .executableTarget(name: "winnow-sentences", dependencies: ["Pages", "Language", "Content", "Briefs"]),
    .testTarget(name: "LanguageTests", dependencies: ["Language"]),
    .testTarget(name: "BriefsTests", dependencies: ["Pages", "Language", "Content", "Briefs"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
