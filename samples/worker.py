#!/usr/bin/env python3
"""A machine of your own that makes things for Dressora: one file, nothing to install.

    WORKER_SECRET='at least 24 characters, the same as Providers:WorkerSecret' ./worker.py 8700

Then set Providers:WorkerAddress to http://<this machine>:8700 and put a model with the provider "worker" into the list of
models. Replace make() by what your GPU does; the rest is the protocol:

    POST   /jobs          a job; the same jobId again is the same job
    GET    /jobs/<id>     where it stands
    DELETE /jobs/<id>     stop it; 409 when it is too late
    GET    /health        200

Every message, in both directions, carries X-Worker-Timestamp (seconds) and X-Worker-Signature, the hex HMAC-SHA256 under
the secret of   jobId + "|" + timestamp + "|" + hex SHA-256 of the body.   X-Worker-Job says the jobId of what we receive.
Messages older than two minutes are refused. While a job runs, tell the site at least once a minute that it does: each
message moves the job's deadline. A result may also be an address on this machine: {"url": "/results/1.png"}.
"""
import base64, hashlib, hmac, json, os, sys, threading, time, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ.get("WORKER_SECRET", "").encode()
BODY_MAX = 128 * 1024 * 1024
jobs, lock = {}, threading.Lock()


def make(job, tell):
    """Returns a list of (bytes, media type). tell(status, ...) reports on the way. Raise ValueError to refuse the input."""
    person = next((i for i in job["inputs"] if i["role"] == "person"), None)
    if person is None:
        raise ValueError("There is no picture of a person.")
    tell({"status": "running", "progress": 50, "preview": {"base64": person["base64"], "mime": person["mime"]}}, preview=True)
    return [(base64.b64decode(person["base64"]), person["mime"])]


def sign(job_id, timestamp, body):
    text = f"{job_id}|{timestamp}|{hashlib.sha256(body).hexdigest()}"
    return hmac.new(SECRET, text.encode(), hashlib.sha256).hexdigest()


def call(job, address, said):
    """Tells the site; a site that is away for a moment is asked again. It finds out by asking, too."""
    if not address:
        return
    body = json.dumps({"jobId": job["jobId"], **said}).encode()
    for pause in (1, 3, 9):
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Worker-Timestamp": timestamp,
            "X-Worker-Signature": sign(job["jobId"], timestamp, body),
        }
        try:
            urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=15).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        time.sleep(pause)


def work(job):
    def tell(said, preview=False):
        with lock:
            if job["said"]["status"] == "cancelled":
                raise InterruptedError
            job["said"] = said
        call(job, job["previewReady"] if preview else job["callback"], said)

    try:
        outputs = make(job, tell)
        tell({"status": "succeeded",
              "outputs": [{"base64": base64.b64encode(data).decode(), "mime": mime} for data, mime in outputs]})
    except InterruptedError:
        pass
    except ValueError as why:
        tell({"status": "failed", "error": {"class": "bad_input", "code": "refused", "message": str(why)}})
    except Exception as why:
        tell({"status": "failed", "error": {"class": "transient", "code": type(why).__name__, "message": str(why)[:200]}})


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, said):
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_call(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_MAX:
            self.close_connection = True
            return self.answer(413, {"error": {"class": "bad_input", "code": "too_large"}})
        body = self.rfile.read(length)
        job_id = self.headers.get("X-Worker-Job", "")
        timestamp = self.headers.get("X-Worker-Timestamp", "")
        right = sign(job_id, timestamp, body)
        fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) <= 120
        if not fresh or not hmac.compare_digest(right, self.headers.get("X-Worker-Signature", "")):
            return self.answer(401, {"error": {"class": "auth", "code": "bad_signature"}})
        if self.path == "/health":
            return self.answer(200, {})
        if self.command == "POST" and self.path == "/jobs":
            return self.take(job_id, json.loads(body))
        job = jobs.get(job_id)
        if job is None or self.path != f"/jobs/{job_id}":
            return self.answer(404, {"error": {"class": "transient", "code": "not_found"}})
        if self.command == "DELETE":
            return self.stop(job)
        with lock:
            return self.answer(200, {"jobId": job_id, **job["said"]})

    do_GET = do_POST = do_DELETE = handle_call

    def take(self, job_id, job):
        if job.get("jobId") != job_id:
            return self.answer(400, {"error": {"class": "bad_input", "code": "other_job"}})
        with lock:
            is_new = job_id not in jobs
            if is_new:
                jobs[job_id] = {**job, "said": {"status": "queued"}}
        if is_new:
            threading.Thread(target=work, args=(jobs[job_id],), daemon=True).start()
        self.answer(202, {"waitSeconds": 20})

    def stop(self, job):
        with lock:
            late = job["said"]["status"] in ("succeeded", "failed")
            if not late:
                job["said"] = {"status": "cancelled"}
        self.answer(409 if late else 202, {})

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if len(SECRET) < 24:
        sys.exit("WORKER_SECRET needs at least 24 characters.")
    server = ThreadingHTTPServer(("", int(sys.argv[1]) if len(sys.argv) > 1 else 8700), Desk)
    print(f"Listening on {server.server_address[1]}", flush=True)
    server.serve_forever()
