"""Two facilitators remove, at the same moment, the last two materials that name one file: the file goes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from app.core.actors import SECRETARIAT, Actor, ActorKind
from app.core.files import StoredFile
from app.extensions import db
from app.materials import services
from app.materials.models import Material
from tests.conftest import START
from tests.make.materials import make_material, make_stored
from tests.make.people import make_person
from tests.make.sessions import make_track


def test_the_last_two_removed_at_once_leave_no_file(own_app):
    with own_app.app_context():
        track, stored = make_track(), make_stored(own_app)
        ids = [make_material(track, file=stored).id for _n in range(2)]
        actor = Actor(ActorKind.PERSON, make_person().id, frozenset({SECRETARIAT}))
        db.session.commit()
    together = Barrier(2)

    def remove(material_id):
        with own_app.app_context():
            together.wait()
            services.remove_material(actor, db.session.get_one(Material, material_id), now=START)
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, ids))
    with own_app.app_context():
        assert db.session.scalar(sa.select(StoredFile.removed_at)) == START
