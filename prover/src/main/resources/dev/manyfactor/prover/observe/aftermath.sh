# Ends what a run of mf prove has left and removes its folder, as soon as standard input ends: that is when the run
# ends, however it ends.
#   $1  the folder of the run; the folders in it belong to the users that its processes ran as
#   $2  the number of the run, with which a limit of each of its processes begins
cat >/dev/null

# Users that exist for the run alone; never an ordinary one.
users() {
  stat -c %u "$1"/*/ 2>/dev/null | sort -u | while read -r user; do
    if [ "$user" -ge 61184 ] && [ "$user" -ne 65534 ]; then echo "$user"; fi
  done
}

# Those of them that have a process.
running() {
  present=" $(stat -c %u /proc/[0-9]* 2>/dev/null | sort -u | tr '\n' ' ')"
  for user in $1; do
    case $present in *" $user "*) echo "$user" ;; esac
  done
}

# Processes that carry the mark of the run and have not ended.
living() {
  grep -lE "^Max realtime timeout +$1[0-9]{6} " /proc/[0-9]*/limits 2>/dev/null | cut -d/ -f3 | while read -r process; do
    if grep -q '^State:.[^ZX]' "/proc/$process/status" 2>/dev/null; then echo "$process"; fi
  done
}

# Whatever is being started while the run dies gets its mark a moment later: nothing must be found twice.
ours=$(users "$1")
quiet=0
round=0
while [ "$quiet" -lt 2 ] && [ "$round" -lt 100 ]; do
  for user in $(running "$ours"); do
    # all of a user in one step of the kernel; as root that would be everything, so it asks again who it is
    setpriv --reuid="$user" --regid="$user" --clear-groups \
      sh -c '[ "$(id -u)" = "$1" ] && kill -s KILL -- -1' sh "$user" 2>/dev/null
  done
  found=$(living "$2")
  if [ -z "$found" ]; then
    quiet=$((quiet + 1))
    sleep 0.1
  else
    quiet=0
    kill -s STOP $found 2>/dev/null
    kill -s KILL $found 2>/dev/null
  fi
  round=$((round + 1))
done

folder=$1
set -- -user 4294967294 # nobody at all
for user in $ours; do set -- "$@" -o -user "$user"; done
find /tmp /var/tmp /dev/shm -maxdepth 1 '(' "$@" ')' -exec rm -rf -- {} + 2>/dev/null
rm -rf -- "$folder"
