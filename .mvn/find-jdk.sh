# Sourced by ./mvnw and ./mf: exports JAVA_HOME as a JDK 25, or says what to install and exits 69.
# Reads each candidate's `release` file and starts no process but grep, so it costs a few milliseconds.

is_jdk_25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }

find_jdk_25() {
  java_on_path=$(readlink -f "$(command -v java)" 2>/dev/null) || java_on_path=
  for home in "${JAVA_HOME-}" "${java_on_path%/bin/java}" \
    /usr/lib/jvm/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /opt/* \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

case $- in *f*) set +f; find_jdk_25 && found=yes || found=no; set -f ;; *) find_jdk_25 && found=yes || found=no ;; esac
if [ "$found" = no ]; then
  echo "no JDK 25 found in JAVA_HOME, on the PATH, in /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt or /Library/Java; install one (for example Temurin 25, https://adoptium.net) or set JAVA_HOME to it" >&2
  exit 69
fi
export JAVA_HOME
