/// The version that `winnow --version` prints and reports name.
public let winnowVersion = "0.1.0"
