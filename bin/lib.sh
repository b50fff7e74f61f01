# Shared by the scripts in bin/: finds a JDK 25 and builds what is missing. Not a command of its own.
# shellcheck shell=sh

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

fail() {
  echo "$*" >&2
  exit 1
}

# Refuses what is no port.
port_number() {
  case $1 in '' | *[!0-9]* | ??????*) fail "--port needs a number from 1 to 65535" ;; esac
  [ "$1" -ge 1 ] && [ "$1" -le 65535 ] || fail "--port needs a number from 1 to 65535"
}

# The version (25, 17 …) of the JDK in a folder; nothing if it is none.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Sets JAVA_HOME to a JDK of 25 or newer: the one already named, else the first found in the usual places.
find_jdk() {
  for candidate in "${JAVA_HOME:-}" "${JDK_HOME:-}" \
    /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  fail "Gonghui needs a JDK 25 and none was found. Install one (for example Temurin 25) and, if it lies in an unusual place, set JAVA_HOME to it."
}

maven() {
  (cd "$ROOT" && ./mvnw -B "$@")
}

# Builds target/gonghui.jar if a source is newer than it.
build_jar() {
  jar=$ROOT/target/gonghui.jar
  if [ ! -f "$jar" ] || [ -n "$(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$jar" -print -quit)" ]; then
    echo "Building Gonghui (the first time also fetches its libraries: a few minutes) …"
    maven -q -DskipTests package || fail "The build failed."
  fi
}

# Takes the jar apart beside itself: it starts faster so.
extract_jar() {
  if [ ! -f "$ROOT/target/app/gonghui.jar" ] || [ "$ROOT/target/gonghui.jar" -nt "$ROOT/target/app/gonghui.jar" ]; then
    rm -rf "$ROOT/target/app"
    "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$ROOT/target/gonghui.jar" extract --destination "$ROOT/target/app" >/dev/null \
      || fail "The jar could not be taken apart."
    touch "$ROOT/target/app/gonghui.jar"
  fi
}

# How the platform's JVM is started, everywhere alike: a start-up cache fits only the options it was made with.
JVM_OPTIONS="-Xmx1g -XX:+UseSerialGC -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED"
AOT_CACHE=$ROOT/target/app/gonghui.aot

# The option that uses the start-up cache of bin/aot; nothing when there is none for this build.
aot_option() {
  [ ! "$AOT_CACHE" -nt "$ROOT/target/app/gonghui.jar" ] || echo "-XX:AOTCache=$AOT_CACHE"
}
