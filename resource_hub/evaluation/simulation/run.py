"""One policy in one world: requests, answers, contacts and visits as events in the order of time."""

from math import floor, isnan, log

import numpy as np

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.events import Events
from resource_hub.evaluation.simulation.knowledge import NO_CAPACITY, Knowledge
from resource_hub.evaluation.simulation.policies import Order
from resource_hub.evaluation.simulation.record import Attempt, Record
from resource_hub.evaluation.simulation.room import Rooms
from resource_hub.evaluation.simulation.scarcity import EVERY_DAYS, reprice
from resource_hub.matching.values.columns import FACT_KINDS

# Days until somebody goes again after a closed door.
_AGAIN = 1.0
_WEEK = 7
_LISTING, _PHONE, _ADDRESS, _HOURS = (FACT_KINDS.index(kind) for kind in ("listing", "phone", "address", "hours"))


def run(desk: Desk, order: Order, *, priced: bool = False, predict: bool = False) -> Record:
    """Let a policy order the lists of a whole world.

    `priced` finds prices of scarce places each week; `predict` keeps what the formula said of each attempt.
    """
    going_on = _Run(desk, order, predict=predict)
    if priced:
        going_on.events.at(EVERY_DAYS, going_on.reprice)
    for number, wish in enumerate(desk.world.wishes):
        going_on.events.at(wish.person.day, going_on.next_try, number)
    going_on.events.run(desk.world.size.days)
    return going_on.record


class _Run:
    def __init__(self, desk: Desk, order: Order, *, predict: bool) -> None:
        self.desk, self.world, self.order, self.predict = desk, desk.world, order, predict
        self.waits = desk.world.assumed.waits
        self.events, self.knowledge = Events(), Knowledge(desk.world, desk.policy.acceptance.half_life_days)
        self.record = Record.empty(len(self.world.wishes))
        self.tried = np.zeros(self.world.km.shape, dtype=np.bool_)
        self.current: dict[int, Attempt] = {}
        self.rooms = Rooms(self.world, self.events, self.knowledge, self.accepted)

    def reprice(self, now: float) -> None:
        """Find the prices of scarce places, and again in a week."""
        reprice(self.desk, self.knowledge, now)
        self.events.at(now + EVERY_DAYS, self.reprice)

    def next_try(self, now: float, wish: int) -> None:
        """Ask the first service of the list that was not asked yet, if there is still time."""
        over = now - self.world.wishes[wish].person.day > self.world.size.follow_days
        if over or self.tried[wish].sum() >= self.world.size.tries:
            return
        service = self._first(wish, now)
        if service is None:
            return
        self.tried[wish, service] = True
        predicted = self._predicted(wish, service, now) if self.predict else float("nan")
        attempt = Attempt(wish, service, now, predicted, full=self.rooms.free(service, now) <= 0)
        self.current[wish] = attempt
        self.record.attempts.append(attempt)
        self.knowledge.hold(service, wish)
        self._send(now, wish, service)

    def _send(self, now: float, wish: int, service: int) -> None:
        """Send a request; it comes to a dead end where the listing or its contact is wrong, or where nobody answers."""
        wrong, services = self.world.services.ageing.wrong(now, service), self.world.services
        days = -services.answer_days[service] * log(1 - self._luck("delay", wish, service))
        silent = self._luck("answer", wish, service) >= services.answered[service]
        if wrong[_LISTING] or wrong[_PHONE] or silent or days > self.waits.answer_due:
            self.events.at(now + self.waits.answer_due, self._unanswered, wish, service)
        else:
            self.events.at(now + days, self._answer, wish, service)

    def _unanswered(self, now: float, wish: int, service: int) -> None:
        self.knowledge.over(service, wish)
        self.knowledge.release(service)
        self.next_try(now, wish)

    def _answer(self, now: float, wish: int, service: int) -> None:
        self.knowledge.over(service, wish)
        noticed = self._luck("notice", wish, service) < self.world.assumed.answers.notices
        if noticed and not self._right_place(now, wish, service):
            self._refused(now, wish, service)
        elif self.rooms.free(service, now) > 0:
            self.accepted(now, wish, service)
        elif self.world.services.stock.waitlist[service]:
            self.rooms.wait(now, wish, service)
            self.events.at(now + self.waits.patience, self._waited_enough, wish, service)
        else:
            self._refused(now, wish, service)
            self.knowledge.said(service, now, NO_CAPACITY, free=0, waiting_days=float("nan"))

    def _refused(self, now: float, wish: int, service: int) -> None:
        self.knowledge.release(service)
        self.knowledge.learn(service, self.world.wishes[wish].need, now, accepted=False)
        self.events.at(now + self.waits.taken_up, self.next_try, wish)

    def _waited_enough(self, now: float, wish: int, service: int) -> None:
        if self.rooms.leave_line(wish, service):
            self._refused(now, wish, service)

    def accepted(self, now: float, wish: int, service: int) -> None:
        """Take a place; the organization tries to reach the person."""
        self.rooms.take(service)
        self.current[wish].accepted = True
        self.knowledge.learn(service, self.world.wishes[wish].need, now, accepted=True)
        if self._luck("reach", wish, service) < self.world.wishes[wish].person.reached:
            self.events.at(
                now + self.waits.contact * self._luck("contact", wish, service), self._contact, wish, service
            )
        else:
            self.events.at(now + self.waits.reach_due, self._lost, wish, service)

    def _contact(self, now: float, wish: int, service: int) -> None:
        if isnan(self.record.contact_after[wish]):
            self.record.contact_after[wish] = now - self.world.wishes[wish].person.day
        if self._luck("go", wish, service) >= self.world.goes[wish, service]:
            self.events.at(now + self.waits.come_due, self._lost, wish, service)
        elif self.world.services.remote[service]:
            self._call(now, wish, service)
        else:
            told = self._luck("told", wish, service) < self.world.assumed.answers.tells_hours
            self.events.at(self._opening(now, service, listed=not told), self._visit, wish, service)

    def _call(self, now: float, wish: int, service: int) -> None:
        if self._right_place(now, wish, service):
            self._helped(now, wish, service)
        else:
            self.events.at(now + self.waits.taken_up, self._lost, wish, service)

    def _visit(self, now: float, wish: int, service: int, times: int = 1) -> None:
        wrong = self.world.services.ageing.wrong(now, service)
        closed = wrong[_HOURS] and not self.world.services.true_week[service, floor(now) % _WEEK]
        if wrong[_ADDRESS] or closed:
            self.record.wasted[wish] += 1
            again = times == 1 and self._luck("again", wish, service) < self.world.assumed.going.comes_back
            if again:
                later = self._opening(now + _AGAIN, service, listed=False)
                self.events.at(later, self._visit, wish, service, times + 1)
            else:
                self.events.at(now + self.waits.taken_up, self._lost, wish, service)
        elif self._right_place(now, wish, service) and not self._turned_away(wish, service):
            self._helped(now, wish, service)
        else:
            self.record.wasted[wish] += 1
            self.events.at(now + self.waits.taken_up, self._lost, wish, service)

    def _helped(self, now: float, wish: int, service: int) -> None:
        self.record.helped_after[wish] = now - self.world.wishes[wish].person.day
        self.current[wish].helped_on = now
        self.events.at(now + self.world.services.stock.days[service], self.rooms.give_back, service)

    def _lost(self, now: float, wish: int, service: int) -> None:
        self.rooms.give_back(now, service)
        self.knowledge.release(service)
        self.next_try(now, wish)

    def _first(self, wish: int, now: float) -> int | None:
        rows, values = self.order(self.desk, self.knowledge, wish, now)
        left = ~self.tried[wish, rows]
        return int(rows[np.where(left, values, -np.inf).argmax()]) if left.any() else None

    def _predicted(self, wish: int, service: int, now: float) -> float:
        place = np.flatnonzero(self.desk.judged[wish].rows == service)
        factors = self.desk.factors(wish, now, self.knowledge)
        return float(np.prod(factors[:, place[0]])) if len(place) else float("nan")

    def _right_place(self, now: float, wish: int, service: int) -> bool:
        meets = self.world.services.meets[service, self.world.wishes[wish].need]
        return bool(meets) and self.world.qualifies(wish, service, now)

    def _turned_away(self, wish: int, service: int) -> bool:
        missing = self.world.services.asks_id[service] and not self.world.wishes[wish].person.facts["has_id"]
        return bool(missing) and self._luck("door", wish, service) < self.world.assumed.going.turned_away

    def _opening(self, now: float, service: int, *, listed: bool) -> float:
        """Return when somebody goes: now if it is an open day, by the listing or in truth, else on the next one."""
        services = self.world.services
        trusted = listed or not services.ageing.wrong(now, service)[_HOURS]
        week = services.listed_week if trusted else services.true_week
        days = (floor(now) + later for later in range(_WEEK))
        return max(now, next(float(day) for day in days if week[service, day % _WEEK]))

    def _luck(self, kind: str, wish: int, service: int) -> float:
        return float(self.world.luck[kind][wish, service])
