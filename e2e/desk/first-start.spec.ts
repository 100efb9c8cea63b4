// A new branch: named, staffed, opened, and the first customer served, all from an empty folder.
import { expect, test } from '../pages/test.ts';

const administrator = {
  bank: 'Harbour Bank',
  branch: 'Quayside',
  user: 'ada',
  name: 'Ada Lind',
  password: 'a long sentence nobody guesses',
};

test('the first start asks for branch and administrator, and each person makes their own way in', async ({
  desk,
  another,
}) => {
  await desk.gate.establish(administrator);
  await desk.gate.inside();
  await desk.frame.status('Quayside 001');
  await desk.staff.add({
    ...{ user: 'ben', name: 'Ben Ortega', password: 'only for today 1', role: 'teller' },
  });
  await desk.staff.add({
    ...{ user: 'sam', name: 'Sam Berg', password: 'only for today 2', role: 'supervisor' },
  });

  const sam = await another();
  await sam.gate.signIn('sam', 'only for today 2');
  await sam.gate.changePassword('only for today 2', 'sam looks at everything twice');
  await sam.gate.enrol();
  await sam.gate.inside();
  await sam.frame.status('branch not opened yet');

  const ben = await another();
  await ben.gate.signIn('ben', 'only for today 1');
  await ben.gate.changePassword('only for today 1', 'ben counts everything twice');
  await ben.gate.inside();
  await expect(ben.page.getByText('The branch is not open.')).toBeVisible();
});
