-- Lists are cut by sex too, and show it: a page of names then reads the memberships alone.
alter table member_membership add column sex text check (sex in ('F', 'M'));
update member_membership set sex = (select member.sex from member where member.id = member_membership.member_id);
alter table member_membership alter column sex set not null;
