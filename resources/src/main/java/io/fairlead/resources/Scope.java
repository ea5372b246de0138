package io.fairlead.resources;

/** Which processes of a target are summed up. */
enum Scope {
  GLOBAL("global"),
  PROCESS("application_process"),
  TREE("process_tree");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** The word in documents and attributes. */
  String word() {
    return word;
  }

  /** What a document asks for; the default of every system here is the process tree. */
  static Scope of(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word)) {
        return scope;
      }
    }
    return TREE;
  }
}
