# Sourced by ./mvnw once it knows MAVEN_HOME and distributionUrl, before it looks whether Maven is there.
# 1. exports JAVA_HOME as a JDK 25. 2. where an `mvn` of any version is on the PATH, lets it bring the pinned Maven
# from the repositories its user has configured, so that a machine that reaches only those can build too.
# Without one, the stock script goes on and downloads from distributionUrl, or from MVNW_REPOURL where that is set.

. "$scriptDir/.mvn/find-jdk.sh"

maven_version=${distributionUrlNameMain#apache-maven-}
if [ -n "${MVNW_REPOURL-}" ]; then # the stock script expects a repository's layout behind distributionUrl
  distributionUrl="$MVNW_REPOURL/org/apache/maven/apache-maven/$maven_version/$distributionUrlName"
fi

# The same file system as MAVEN_HOME: moving there is one rename, so that no concurrent first run sees half a Maven.
mktemp() { mkdir -p "${MAVEN_HOME%/*}" && TMPDIR="${MAVEN_HOME%/*}" command mktemp "$@"; }

matches_sha256() {
  if command -v sha256sum >/dev/null; then set -- "$1" "$(sha256sum "$1")"; else set -- "$1" "$(shasum -a 256 "$1")"; fi
  [ "${2%% *}" = "$distributionSha256Sum" ]
}

bring_maven() { # $1: a scratch folder
  (cd "$1" && mvn -B org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -DoutputDirectory=. \
    -Dartifact="org.apache.maven:apache-maven:$maven_version:zip:bin") >"$1/log" 2>&1 || return 1
  matches_sha256 "$1/$distributionUrlName" || die "apache-maven-$maven_version-bin.zip does not have the sha256 that .mvn/wrapper/maven-wrapper.properties names; delete it from the local Maven repository and ask who changed it"
  (cd "$1" && "$JAVA_HOME/bin/jar" -xf "$distributionUrlName" && chmod +x "$distributionUrlNameMain/bin/mvn") || return 1
  [ -d "$MAVEN_HOME" ] || mv "$1/$distributionUrlNameMain" "$MAVEN_HOME" || [ -d "$MAVEN_HOME" ]
}

if [ ! -d "$MAVEN_HOME" ]; then
  echo "fetching Maven $maven_version (9 MB, once)" >&2
  if [ -z "${MVNW_REPOURL-}" ] && command -v mvn >/dev/null; then
    scratch=$(mktemp -d)
    bring_maven "$scratch" || { grep -m 1 '^\[ERROR\]' "$scratch/log" >&2 || :; echo "mvn could not bring it; trying $distributionUrl" >&2; }
    rm -rf "$scratch"
  fi
fi
