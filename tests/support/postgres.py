"""A private PostgreSQL for the tests: its own folder, its own socket, no port, gone at the end.

The server programs of Debian lie in a versioned folder that is not on the PATH. PostgreSQL refuses
to run as root, so there we run it as the user `postgres`, who then owns the folder.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "ruamkhit"
"""The role of the tests, superuser of its private cluster."""


def server_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl` of the newest PostgreSQL here, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(answer.stdout.strip()))
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def server_user() -> str | None:
    """The user to run the server as: None means ourselves; as root it must be somebody else."""
    return "postgres" if os.geteuid() == 0 else None


def _version(programs: Path) -> int:
    name = programs.parent.name
    return int(name) if name.isdigit() else 0


@dataclass(frozen=True)
class Cluster:
    """A running server in `folder`. Any process may hold one; whoever started it stops it."""

    folder: Path

    @classmethod
    def start(cls, folder: Path | None = None, *, fsync: bool = False) -> Cluster:
        """Make and start a cluster (about a second) in a new or empty folder.

        The user `postgres` must be able to walk to the folder: the temporary folder is fine.

        Without `fsync` a crash of the machine may lose what was committed: right for most tests,
        wrong for a test about durability, which asks for `fsync=True` and gets the defaults.
        """
        cluster = cls(folder or Path(tempfile.mkdtemp(prefix="ruamkhit-pg-")))
        cluster._hand_over()
        cluster._run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            f"--username={OWNER}",
            *([] if fsync else ["--no-sync"]),
        )
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(cluster.folder),
            "unix_socket_permissions": "0700",
            # Nobody gathers statistics while a test runs: the same plans in every run.
            "autovacuum": "off",
            **({} if fsync else dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")),
        }
        given = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        cluster._run("pg_ctl", "start", "--wait", "--silent", f"--log={cluster.log}", "--options", given)
        return cluster

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database of this cluster."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Create a database as a copy of `template` (not in use by anybody); return its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database if it is there, and whoever is still connected to it."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._execute(statement.format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server at once and remove everything it wrote.

        A server that was killed leaves its pid file behind and cannot be stopped any more: that is no
        error here. One that could not be reached ends by itself when it finds its folder gone.
        """
        if self.running:
            self._try("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _execute(self, statement: sql.Composed) -> None:
        address = f"host={self.folder} user={OWNER} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def _hand_over(self) -> None:
        """Give the folder to the user who runs the server, and let that user reach it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if user := server_user():
            entry = pwd.getpwnam(user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self.folder.chmod(0o711)

    def _run(self, program: str, *arguments: str) -> None:
        if self._try(program, *arguments):
            logs = [self.folder / "commands.log", self.log]
            text = "\n".join(log.read_text("utf-8", "replace") for log in logs if log.exists())
            raise RuntimeError(f"{program} failed:\n{text}")

    def _try(self, program: str, *arguments: str) -> int:
        """Run a program of the server's as its user; return how it ended, 0 when well."""
        programs = server_programs()
        if programs is None:
            raise RuntimeError("PostgreSQL's server is not installed")
        user = server_user()
        # The server outlives pg_ctl: were it to inherit a pipe of ours, we would wait for ever.
        with (self.folder / "commands.log").open("ab") as said:
            done = subprocess.run(
                [str(programs / program), f"--pgdata={self.data}", *arguments],
                cwd=self.folder,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        return done.returncode


def shared_cluster(run: Path) -> Cluster:
    """The one cluster of a test run, in its folder `run`: whoever comes first starts it."""
    with (run / "postgresql.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster, ready = Cluster(run / "postgresql"), run / "postgresql.ready"
        if not ready.exists():
            Cluster.start(cluster.folder)
            ready.touch()
    return cluster
