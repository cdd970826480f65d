# How the corsac command finds Java and starts: for the archive, and for the script of the repository.
#
#   JAVA_HOME      the Java to run; without it, the java of the PATH
#   JAVA_OPTS      options for the JVM; they come after ours, so that they win (CORSAC_JAVA_OPTS too, last)
#   CORSAC_CACHE   where the archive of shared classes is kept; without it, in XDG_CACHE_HOME or ~/.cache
#   CORSAC_CDS     off: no such archive; make: make it beside the jars, for a package or a container, and end

say() { printf 'corsac: %s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 2
}

# Sets java, and java_release, which tells one Java from another.
find_java() {
  local get_java='Install Java 17 or newer (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk), or set JAVA_HOME.'
  java=$(command -v java || true)
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java. $get_java"
  fi
  [ -n "$java" ] || fail "Java was not found. $get_java"
  # The file of its home tells the version faster than Java itself.
  local file link version=
  file=$(readlink -f -- "$java" 2>/dev/null) || file=$java
  file=${file%/*}/../release
  java_release=
  [ ! -r "$file" ] || java_release=$(<"$file")
  case $java_release in
    *JAVA_VERSION=\"*)
      version=${java_release#*JAVA_VERSION=\"}
      version=${version%%\"*}
      ;;
    *)
      java_release=$("$java" -version 2>&1 || true)
      case $java_release in
        *version\ \"*)
          version=${java_release#*version \"}
          version=${version%%\"*}
          ;;
      esac
      ;;
  esac
  java_major=${version#1.}
  java_major=${java_major%%[!0-9]*}
  [ -n "$java_major" ] || fail "$java does not start. $get_java"
  [ "$java_major" -ge 17 ] || fail "Java $java_major ($java) is too old. $get_java"
}

# class_path JAR...: by name, since the order of a wildcard is the file system's.
class_path() {
  jars=("$@")
  classes=$(IFS=: && printf '%s' "${jars[*]}")
}

# share_classes PLACE: has the JVM map classes that an earlier run has parsed and verified. PLACE is beside the jars; otherwise the
# archive is in the user's cache. What cannot be done is left out: the command then only starts more slowly.
share_classes() {
  shared=()
  [ "${CORSAC_CDS:-}" != off ] || return 0
  local jar own=()
  for jar in "${jars[@]}"; do
    case ${jar##*/} in
      corsac-*) own+=("$jar") ;;
    esac
  done
  # For this very Java and these very jars. Those of others have a version in their name; ours may be of a snapshot. The JVM compares
  # their size and time too.
  local key
  key=$({ printf '%s\n' "$java" "$java_release" "$classes" && cksum -- "${own[@]}"; } 2>/dev/null | cksum) || return 0
  key=${key%% *}.jsa
  if [ "${CORSAC_CDS:-}" = make ]; then
    make_archive "$1/$key" || fail "the archive of shared classes could not be made in $1."
    say "made $1/$key"
    exit 0
  fi
  if fits "$1/$key"; then
    use_archive "$1/$key"
    return 0
  fi
  local cache=${CORSAC_CACHE:-}
  [ -n "$cache" ] || cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/corsac
  case $cache in
    /.cache/corsac | [!/]*) return 0 ;;
  esac
  # What another user could write is not run.
  if [ -O "$cache" ] && [ -O "$cache/$key" ] && fits "$cache/$key"; then
    use_archive "$cache/$key"
  elif [ $$ != 1 ]; then
    # Beside the command, which does not wait for it; process 1 of a container would have nobody to end its children.
    (make_cached "$cache" "$cache/$key" </dev/null >/dev/null 2>&1 &) || true
  fi
}

# Whether there is an archive, made after all jars.
fits() {
  [ -r "$1" ] || return 1
  local jar
  for jar in "${jars[@]}"; do
    [ ! "$jar" -nt "$1" ] || return 1
  done
}

# Should the JVM refuse it nevertheless, it says nothing, and reads the jars.
use_archive() {
  shared=(-XX:SharedArchiveFile="$1" -Xshare:auto -Xlog:disable -Xlog:all=warning:stderr "-Xlog:cds*=off:stderr")
  [ "$java_major" -lt 25 ] || shared+=("-Xlog:aot*=off:stderr")
}

# make_cached FOLDER ARCHIVE: by one of all that start at the same time. After a failure the next try is an hour later.
make_cached() {
  (umask 077 && mkdir -p -- "$1") && [ -O "$1" ] && [ -w "$1" ] || return 1
  find "$1" -maxdepth 1 -name '*.jsa.lock' -mmin +60 -exec rmdir {} + || true
  mkdir -- "$2.lock" || return 1
  # Those of older versions; whoever has one mapped keeps it.
  find "$1" -maxdepth 1 -name '*.jsa*' -type f -mtime +30 -exec rm -f {} + || true
  make_archive "$2" && rmdir -- "$2.lock"
}

# make_archive ARCHIVE: it appears whole, and only if it works.
make_archive() {
  local part=$1.$$ done=1
  local quick=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)
  # A lambda of a class that implements an interface of picocli, whose class files are of Java 5, crashes older JVMs
  # (JDK-8285914): our commands' are left out.
  "$java" "${quick[@]}" -Xshare:off -XX:DumpLoadedClassList="$part.all" -cp "$classes" dev.corsac.cli.training.Training >/dev/null 2>&1 &&
    grep -v '^@lambda-proxy dev/corsac/cli/' "$part.all" >"$part.list" &&
    "$java" -Xshare:dump -XX:SharedClassListFile="$part.list" -XX:SharedArchiveFile="$part" -cp "$classes" >/dev/null 2>&1 &&
    "$java" "${quick[@]}" -Xshare:on -XX:SharedArchiveFile="$part" -cp "$classes" dev.corsac.cli.Corsac rule origin-path >/dev/null 2>&1 &&
    chmod 444 "$part" && mv -f -- "$part" "$1" && done=0
  rm -f -- "$part" "$part.all" "$part.list"
  return $done
}

# launch ARGUMENT...
launch() {
  # Out of memory, some threads go on and others do not: better to end, and to be started again.
  local collector options=(-XX:+ExitOnOutOfMemoryError)
  [ "$java_major" -lt 24 ] || options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  case ${1:-} in
    # Half of a container's memory for the heap; the rest is for buffers, code and threads. docs/performance.md has the reasons for the others.
    gateway | demo) options+=(-XX:MaxRAMPercentage=50 -Dvertx.disableContextTimings=true) collector=(-XX:+UseParallelGC -XX:GCTimeRatio=9 -Xmn64m) ;;
    # Over before the better compiler would pay.
    *) options+=(-XX:TieredStopAtLevel=1 -XX:-UsePerfData) collector=(-XX:+UseSerialGC) ;;
  esac
  # The JVM does not start with two collectors.
  case "${JAVA_OPTS:-} ${CORSAC_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
    *-XX:+Use*GC*) ;;
    *) options+=("${collector[@]}") ;;
  esac
  [ ! -d "$home/lib/native" ] || options+=(-Djava.library.path="$home/lib/native")
  # Options are words, not patterns of file names.
  set -f
  # shellcheck disable=SC2086
  exec "$java" "${options[@]}" ${shared[@]+"${shared[@]}"} ${JAVA_OPTS:-} ${CORSAC_JAVA_OPTS:-} -cp "$classes" dev.corsac.cli.Corsac "$@"
}
