#!/usr/bin/env python3
"""How long the gateway takes from exec to its first answers, and what memory it has then. Linux, no packages.

    ./mvnw -DskipTests package
    python3 src/lab/start.py                                  the jar as it is, and as the image lays it out
    python3 src/lab/start.py --runs 9 'NAME=JVM ARGUMENTS'    other ways to start it, each `java JVM ARGUMENTS`
    python3 src/lab/start.py --train CACHE '=JVM ARGUMENTS'   writes the AOT cache of such a start (the image's build)

Ways are started in turns, so that a noisy machine disturbs all of them alike. For each the least and the median are
printed, as wall/CPU seconds: until the port is open, until a named model has answered, until /readyz says 200, and until
a chat was answered that the router has scored; with --chats, what so many further ones took by themselves; then the
resident memory in MB at both points. Both upstreams are one server in here that answers at once. Wall seconds mean something on an idle machine only.
"""
import argparse, contextlib, http.client, http.server, json, os, pathlib, shlex, shutil, socket, statistics, subprocess
import tempfile, threading, time, zipfile

TICK = os.sysconf("SC_CLK_TCK")
TRAINING = 300  # chats
FLAGS = "-Xmx512m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow"
ANSWER = json.dumps({
    "id": "c", "object": "chat.completion", "created": 1, "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Yes."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}}).encode()


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Start:
    """One process, from exec to its end."""

    def __init__(self, java, way, upstream, further, log):
        self.port = free_port()
        self.data = tempfile.mkdtemp(prefix="start-")
        command = [java, *shlex.split(way), "serve", f"--server.port={self.port}", "--management.server.port=0",
                   f"--pointsman.batch.data-directory={self.data}", *(f"--{each}" for each in further)]
        for tier in ("small", "large"):
            command += [f"--pointsman.upstreams.{tier}.base-url={upstream}/v1", f"--pointsman.upstreams.{tier}.model=m-{tier}"]
        self.begun = time.monotonic()
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self.times = {}

    def mark(self, name):
        with open(f"/proc/{self.process.pid}/stat") as f:
            parts = f.read().rpartition(")")[2].split()
        self.times[name] = (time.monotonic() - self.begun, (int(parts[11]) + int(parts[12])) / TICK)

    def until(self, name, holds):
        while not holds():
            if self.process.poll() is not None:
                raise SystemExit(f"the gateway has ended with {self.process.returncode}; its log says why")
            if time.monotonic() - self.begun > 120:
                raise SystemExit(f"no {name} after two minutes")
            time.sleep(0.005)
        self.mark(name)

    def is_open(self):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/readyz")
        status = connection.getresponse().status
        connection.close()
        return status == 200

    def chat(self, model, connection=None, text="What is the capital of France?"):
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/v1/chat/completions", headers={"content-type": "application/json"},
                           body=json.dumps({"model": model, "messages": [{"role": "user", "content": text}]}))
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise SystemExit(f"{model}: {response.status} {answer[:300]}")
        return response

    def measure(self, chats):
        self.until("port", self.is_open)
        named = threading.Thread(target=lambda: (self.chat("small"), self.mark("named")))
        named.start()
        self.until("ready", self.is_ready)
        named.join()
        self.until("scored", lambda: self.chat("auto").headers.get("x-pointsman-score") is not None)
        self.rss = [self.resident()]
        if chats:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            for number in range(chats):
                self.chat("auto", connection, f"Question {number}: what is {number} times {number + 1}, and why?")
            self.mark("chats")
            self.times["chats"] = tuple(late - early for late, early in zip(self.times["chats"], self.times["scored"]))
            self.rss.append(self.resident())

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return next(int(line.split()[1]) // 1024 for line in f if line.startswith("VmRSS"))

    def end(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.data)


def shipped(java, jar, into):
    """The jar, and what the image makes of it: see the Dockerfile."""
    shutil.rmtree(into, ignore_errors=True)
    subprocess.run([java, "-Djarmode=tools", "-jar", jar, "extract", "--destination", into], check=True)
    natives, app, cache = into / "native", into / pathlib.Path(jar).name, into / "pointsman.aot"
    natives.mkdir()
    with zipfile.ZipFile(next((into / "lib").glob("onnxruntime-*.jar"))) as library:
        machine = {"x86_64": "linux-x64", "aarch64": "linux-aarch64"}[os.uname().machine]
        for name in library.namelist():
            if f"/{machine}/" in name and name.endswith(".so"):
                (natives / pathlib.Path(name).name).write_bytes(library.read(name))
    image = f"{FLAGS} -XX:CompileThresholdScaling=4 -Donnxruntime.native.path={natives}"
    train(java, f"{image} -jar {app}", cache)
    return {"jar": f"{FLAGS} -jar {jar}", "image": f"{image} -XX:AOTCache={cache} -jar {app}"}


def train(java, way, cache):
    """Writes an AOT cache of a start and what follows it: it knows the classes that serving takes, too, and which
    methods were worth compiling."""
    with upstream() as address, open(f"{cache}.log", "w") as log:
        start = Start(java, f"-XX:AOTCacheOutput={cache} -Xlog:aot*=error {way}", address, ["pointsman.router.timeout=30s"], log)
        try:
            start.measure(TRAINING)
        finally:
            start.end()
    if not os.path.exists(cache):
        raise SystemExit(f"the JVM has written no cache; {cache}.log says why")
    os.remove(f"{cache}.log")


@contextlib.contextmanager
def upstream():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", metavar="NAME=ARGUMENTS")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chats", type=int, default=0)
    parser.add_argument("--java", default=os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java")
    parser.add_argument("--jar", default="target/pointsman.jar")
    parser.add_argument("--property", action="append", default=[], help="of the gateway, such as pointsman.router.threads=2")
    parser.add_argument("--train", metavar="CACHE", help="no measurement: write the AOT cache of the one way")
    options = parser.parse_args()
    ways = dict(way.split("=", 1) for way in options.ways)
    if options.train:
        return train(options.java, *ways.values(), options.train)
    ways = ways or shipped(options.java, options.jar, pathlib.Path("target/start"))
    starts = {name: [] for name in ways}
    with open("target/start.log", "w") as log, upstream() as address:
        for _ in range(options.runs):
            for name, way in ways.items():
                start = Start(options.java, way, address, options.property, log)
                try:
                    start.measure(options.chats)
                finally:
                    start.end()
                starts[name].append(start)
    report(starts, options.chats)


def report(starts, chats):
    marks = ("port", "named", "ready", "scored", *(("chats",) if chats else ()))
    print(f"{'':<18}{'':<8}" + "".join(f"{mark:>14}" for mark in marks) + "   RSS MB")
    for name, done in starts.items():
        for label, of in (("least", min), ("median", statistics.median)):
            row = "".join("{:>14}".format("%.2f/%.2f" % tuple(of(s.times[mark][i] for s in done) for i in (0, 1))) for mark in marks)
            print(f"{name:<18}{label:<8}{row}   " + " ".join(str(int(of(m))) for m in zip(*(s.rss for s in done))))


if __name__ == "__main__":
    main()
