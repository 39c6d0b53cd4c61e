# Sourced by run and readme: processes in the background, each in a group of its own, and none left at the end.

declare -A group_of=()

# start NAME COMMAND...: runs in the background, output in $temp/NAME.log.
start() {
  local name=$1
  shift
  setsid "$@" >"$temp/$name.log" 2>&1 </dev/null &
  group_of[$name]=$!
}

# Asks for the process, not for its group, which does not exist in the first moment.
is_running() { kill -0 "${group_of[$1]}" 2>/dev/null; }

# wait_for_port NAME PORT SECONDS: until something listens there, or the process ends, or the time is up.
wait_for_port() {
  local end=$((SECONDS + $3))
  until (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; do
    if ! is_running "$1" || ((SECONDS >= end)); then
      echo "$1 does not listen on port $2:" >&2
      tail -n 40 "$temp/$1.log" >&2
      return 1
    fi
    sleep 0.2
  done
}

# stop NAME: asks the whole group to end and makes it after 30 s; fails if it had to be made.
stop() {
  local group=${group_of[$1]:-} end=$((SECONDS + 30)) gently=0
  [[ -n $group ]] || return 0
  unset "group_of[$1]"
  kill -TERM -- "-$group" 2>/dev/null || true
  while kill -0 -- "-$group" 2>/dev/null; do
    if ((SECONDS >= end)); then
      kill -KILL -- "-$group" 2>/dev/null || true
      gently=1
      break
    fi
    sleep 0.1
  done
  return $gently
}

stop_all() {
  local name
  for name in "${!group_of[@]}"; do
    stop "$name" || true
  done
}

# free_ports N: ports that nothing listens on, one a line. Read it to its end: until then it holds them itself.
free_ports() {
  node -e '
    const net = require("net");
    const open = () => new Promise((done) => {
      const server = net.createServer().listen(0, "127.0.0.1", () => done(server));
    });
    Promise.all(Array.from({ length: Number(process.argv[1]) }, open)).then((servers) => {
      servers.forEach((server) => console.log(server.address().port));
      servers.forEach((server) => server.close());
    });' "$1"
}
